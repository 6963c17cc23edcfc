'use client'

import { useTranslations } from 'use-intl'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { languageSchema, linkLifeSchema } from '@/contracts/links'
import { HOTELIER_LANGUAGES, type HotelierLanguage } from '@/lib/links/languages'
import { LINK_LIVES, type LinkLife } from '@/lib/links/link-life'

export type RecipientValues = {
  recipientName: string
  recipientEmail: string
  language: HotelierLanguage
  reason: string
  ticket: string
  life: LinkLife
  /** By our own mail, besides being shown. */
  byMail: boolean
}

export const NO_RECIPIENT: RecipientValues = { recipientName: '', recipientEmail: '', language: 'en', reason: '', ticket: '', life: '24h', byMail: false }

/** As the endpoint takes it: what is empty is left out. */
export function toWish({ recipientName, recipientEmail, reason, ticket, language, life, byMail }: RecipientValues) {
  const filled = Object.entries({ recipientName, recipientEmail, reason, ticket }).filter(([, value]) => value.trim() !== '')
  return { language, life, ...(byMail && { send: 'mail' as const }), ...(Object.fromEntries(filled.map(([name, value]) => [name, value.trim()])) as Partial<Pick<RecipientValues, 'recipientName' | 'recipientEmail' | 'reason' | 'ticket'>>) }
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

export function isEmailOrEmpty(value: string): boolean {
  return value.trim() === '' || EMAIL.test(value.trim())
}

/** An address is needed where a mail is to go there. */
export function isRecipientSound({ recipientEmail, byMail }: Pick<RecipientValues, 'recipientEmail' | 'byMail'>): boolean {
  return isEmailOrEmpty(recipientEmail) && !(byMail && recipientEmail.trim() === '')
}

type FieldsProps = { values: RecipientValues; onChange: (part: Partial<RecipientValues>) => void }

/** Who gets a link, why, and for how long it is good. */
export function RecipientFields({ values, onChange, isEmailWrong }: FieldsProps & { isEmailWrong: boolean }) {
  const t = useTranslations('links')
  const text = textFields({ values, onChange })
  const optionalText = t('fields.optional')
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t('fields.recipientName')} optionalText={optionalText}>
          <Input {...text('recipientName', 120)} />
        </Field>
        <Field label={t('fields.recipientEmail')} {...(values.byMail ? {} : { optionalText })} error={isEmailWrong ? t('fields.mistakes.email') : undefined}>
          <Input type="email" {...text('recipientEmail', 254)} />
        </Field>
      </div>
      <OccasionFields values={values} onChange={onChange} />
      <Checkbox
        name="byMail"
        checked={values.byMail}
        onChange={(event) => onChange({ byMail: event.target.checked })}
        label={t('fields.byMail')}
        hint={t('fields.byMailHint')}
      />
    </>
  )
}

/** What several links have in common: in which language, for how long, and why. */
export function OccasionFields({ values, onChange, languageLabel }: FieldsProps & { languageLabel?: string }) {
  const t = useTranslations('links')
  const text = textFields({ values, onChange })
  const optionalText = t('fields.optional')
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={languageLabel ?? t('fields.language')}>
          <Select value={values.language} onChange={(event) => onChange({ language: languageSchema.parse(event.target.value) })}>
            {HOTELIER_LANGUAGES.map((language) => (
              <option key={language} value={language}>
                {t(`language.${language}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('fields.life')}>
          <Select value={values.life} onChange={(event) => onChange({ life: linkLifeSchema.parse(event.target.value) })}>
            {LINK_LIVES.map((life) => (
              <option key={life} value={life}>
                {t(`fields.lives.${life}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field label={t('fields.reason')} optionalText={optionalText} hint={t('fields.reasonHint')}>
        <Input {...text('reason', 300)} />
      </Field>
      <Field label={t('fields.ticket')} optionalText={optionalText}>
        <Input {...text('ticket', 80)} />
      </Field>
    </>
  )
}

function textFields({ values, onChange }: FieldsProps) {
  return (name: 'recipientName' | 'recipientEmail' | 'reason' | 'ticket', most: number) => ({
    name,
    value: values[name],
    maxLength: most,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  })
}
