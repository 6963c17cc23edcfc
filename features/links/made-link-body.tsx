'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CopyButton } from '@/components/copy-button'
import { CopyField } from '@/components/copy-field'
import { QrCode } from '@/components/qr-code'
import { RelativeTime } from '@/components/relative-time'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { DialogBody, DialogClose, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import type { MadeLink } from '@/contracts/links'
import { pages } from '@/contracts/paths'

/** The address, its QR code, the phone code, and a message ready to be sent. */
export function MadeLinkBody({ made: { link, url, phoneCode, messages, mailed }, now }: { made: MadeLink; now: string }) {
  const t = useTranslations('links')
  return (
    <>
      <DialogBody>
        <div className="flex flex-col gap-6">
          {mailed !== null && (
            <Alert tone={mailed.goesOut ? 'success' : 'warning'} title={t(mailed.goesOut ? 'made.mailed' : 'made.written', { to: mailed.to })}>
              <p>{t(mailed.goesOut ? 'made.mailedText' : 'made.writtenText')}</p>
            </Alert>
          )}
          <div className="flex items-start gap-5 max-sm:flex-col">
            <QrCode text={url} label={t('made.qr')} className="size-44 shrink-0 rounded-md border" />
            <div className="flex min-w-0 grow flex-col gap-5 max-sm:w-full">
              <CopyField label={t('made.address')} value={url} />
              <PhoneCode code={phoneCode} now={now} />
            </div>
          </div>
          <Message messages={messages} to={link.recipientEmail} />
        </div>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('made.done')}</Button>
        </DialogClose>
        <ButtonLink variant="primary" href={pages.link(link.id)}>
          {t('made.watch')}
        </ButtonLink>
      </DialogFooter>
    </>
  )
}

/** Large enough to be read aloud. */
export function PhoneCode({ code: { code, address, expiresAt }, now }: { code: MadeLink['phoneCode']; now: string }) {
  const t = useTranslations('links.made')
  return (
    <section aria-label={t('code')}>
      <p className="text-sm font-medium">{t('code')}</p>
      <p className="flex items-center gap-2">
        <code className="font-mono text-2xl font-semibold tracking-widest select-all">{code}</code>
        <CopyButton text={code} name={t('code')} iconOnly variant="ghost" />
      </p>
      <p className="text-[0.8125rem] text-pretty wrap-anywhere text-muted">
        {t('codeHint', { address })} {t('codeEnds')} <RelativeTime at={expiresAt} now={now} />.
      </p>
    </section>
  )
}

function Message({ messages, to }: { messages: MadeLink['messages']; to: string | null }) {
  const t = useTranslations('links')
  const [language, setLanguage] = useState(messages[0]?.language)
  const message = messages.find((each) => each.language === language)
  if (!message) return null
  const mail = `mailto:${encodeURIComponent(to ?? '')}?subject=${encodeURIComponent(message.subject)}&body=${encodeURIComponent(message.text.replaceAll('\n', '\r\n'))}`
  return (
    <div className="flex flex-col gap-3">
      <Field label={t('fields.language')}>
        <Select value={language} onChange={(event) => setLanguage(messages.find((each) => each.language === event.target.value)?.language)}>
          {messages.map((each) => (
            <option key={each.language} value={each.language}>
              {t(`language.${each.language}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('made.message')} hint={`${t('made.subject')}: ${message.subject}`}>
        <Textarea readOnly rows={9} value={message.text} lang={message.language} />
      </Field>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={message.text} name={t('made.copyMessage')} size="md" />
        <Button asChild>
          <a href={mail}>{t('made.mail')}</a>
        </Button>
      </div>
    </div>
  )
}
