'use client'

import { useTranslations } from 'use-intl'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { RadioGroup } from '@/components/ui/radio-group'
import { Select } from '@/components/ui/select'
import { CAMPAIGN_CHANNELS, type CampaignChannel } from '@/contracts/campaigns'
import { CAMPAIGN_LIVES, type CampaignLife } from '@/lib/campaigns/campaign-life'
import { HOTELIER_LANGUAGES, type HotelierLanguage } from '@/lib/links/languages'

export type CampaignValues = {
  name: string
  reason: string
  ticket: string
  language: HotelierLanguage
  life: CampaignLife
  channel: CampaignChannel
}

export const NEW_CAMPAIGN: CampaignValues = { name: '', reason: '', ticket: '', language: 'en', life: '7d', channel: 'mail' }

/** As the endpoint takes it: what is empty is left out. */
export function toWish({ name, reason, ticket, language, life, channel }: CampaignValues) {
  const filled = Object.fromEntries(Object.entries({ reason: reason.trim(), ticket: ticket.trim() }).filter(([, value]) => value !== '')) as { reason?: string; ticket?: string }
  return { name: name.trim(), language, life, channel, ...filled }
}

type CampaignFieldsProps = { values: CampaignValues; onChange: (part: Partial<CampaignValues>) => void; isNameMissing: boolean }

/** What a campaign is called, what hoteliers are told, and how the links reach them. */
export function CampaignFields({ values, onChange, isNameMissing }: CampaignFieldsProps) {
  const t = useTranslations('campaigns.fields')
  const links = useTranslations('links')
  const text = (name: 'name' | 'reason' | 'ticket', most: number) => ({
    name,
    value: values[name],
    maxLength: most,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  })
  return (
    <>
      <Field label={t('name')} hint={t('nameHint')} error={isNameMissing ? t('nameMissing') : undefined} required className="max-w-prose">
        <Input {...text('name', 120)} />
      </Field>
      <Field label={t('reason')} optionalText={links('fields.optional')} hint={links('fields.reasonHint')} className="max-w-prose">
        <Input {...text('reason', 300)} />
      </Field>
      <div className="grid max-w-prose items-end gap-5 sm:grid-cols-3">
        <Field label={links('fields.ticket')} optionalText={links('fields.optional')}>
          <Input {...text('ticket', 80)} />
        </Field>
        <Field label={t('language')}>
          <Select value={values.language} onChange={({ target }) => onChange(pick('language', HOTELIER_LANGUAGES, target.value))}>
            {HOTELIER_LANGUAGES.map((language) => (
              <option key={language} value={language}>
                {links(`language.${language}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={links('fields.life')}>
          <Select value={values.life} onChange={({ target }) => onChange(pick('life', CAMPAIGN_LIVES, target.value))}>
            {CAMPAIGN_LIVES.map((life) => (
              <option key={life} value={life}>
                {links(`fields.lives.${life}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <RadioGroup
        legend={t('channel')}
        name="channel"
        variant="cards"
        value={values.channel}
        onValueChange={(value) => onChange(pick('channel', CAMPAIGN_CHANNELS, value))}
        options={CAMPAIGN_CHANNELS.map((value) => ({ value, label: t(`channels.${value}`), hint: t(`channelHints.${value}`) }))}
        className="max-w-prose"
      />
    </>
  )
}

/** One of the values that a field may have; nothing for any other. */
function pick<N extends keyof CampaignValues, T extends string>(name: N, values: readonly T[], value: string): { [K in N]?: T } {
  const found = values.find((known) => known === value)
  return (found === undefined ? {} : { [name]: found }) as { [K in N]?: T }
}
