'use client'

import { Download } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { CopyButton } from '@/components/copy-button'
import { RelativeTime } from '@/components/relative-time'
import { saveCsv } from '@/components/save-csv'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { DialogBody, DialogClose, DialogFooter } from '@/components/ui/dialog'
import type { CreatedReconnectLinks, MadeLink } from '@/contracts/links'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'
import { toCsv } from '@/lib/text/to-csv'
import { nameOfLink } from './use-list-columns'

/** Several links, each with its address and its message; and those that got none, with the reason. */
export function MadeLinksBody({ made, refused, now }: CreatedReconnectLinks & { now: string }) {
  const t = useTranslations('links')
  const save = () => {
    const head = ['property', 'id', 'recipient', 'link', 'phoneCode', 'subject', 'message'] as const
    saveCsv(toCsv([head.map((name) => t(`many.file.${name}`)), ...made.map((each) => toLine(each, nameOfLink(each.link, t)))]), t('many.file.name'))
  }
  return (
    <>
      <DialogBody>
        {refused.length > 0 && <LeftOut refused={refused} />}
        <div className="flex flex-wrap gap-2">
          <CopyButton text={made.map(({ link, url }) => `${nameOfLink(link, t)}: ${url}`).join('\n')} name={t('many.all')} labels={{ copy: t('many.copyAll') }} size="md" />
          <Button onClick={save}>
            <Download aria-hidden />
            {t('many.save')}
          </Button>
        </div>
        <ul aria-label={t('title')} className="divide-y rounded-lg border">
          {made.map((each) => (
            <Item key={each.link.id} made={each} now={now} />
          ))}
        </ul>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('made.done')}</Button>
        </DialogClose>
        <ButtonLink variant="primary" href={pages.links()}>
          {t('many.watch')}
        </ButtonLink>
      </DialogFooter>
    </>
  )
}

function Item({ made: { link, url, messages, phoneCode }, now }: { made: MadeLink; now: string }) {
  const t = useTranslations('links')
  const name = nameOfLink(link, t)
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium wrap-anywhere">{name}</span>
        <span className="text-[0.8125rem] text-muted">
          {t('list.columns.expires')} <RelativeTime at={link.expiresAt} now={now} />
        </span>
      </p>
      <code className="rounded-md border bg-sunken px-3 py-1.5 font-mono text-[0.8125rem] break-all select-all">{url}</code>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <CopyButton text={url} name={t('many.linkOf', { name })} labels={{ copy: t('many.copyLink') }} />
        <CopyButton text={messages[0]?.text ?? ''} name={t('many.messageOf', { name })} labels={{ copy: t('many.copyMessage') }} />
        <span className="text-[0.8125rem] text-muted">
          {t('made.code')} <code className="font-mono font-semibold tracking-wider text-foreground select-all">{phoneCode.code}</code>
        </span>
      </div>
    </li>
  )
}

function LeftOut({ refused }: Pick<CreatedReconnectLinks, 'refused'>) {
  const t = useTranslations('links.many')
  const errors = useTranslations('errors')
  const codes = [...new Set(refused.map(({ code }) => code))]
  return (
    <Alert tone="warning" title={t('leftOut', { count: refused.length })}>
      {codes.map((code) => (
        <p key={code} className="text-pretty wrap-anywhere">
          <span className="font-medium">{refused.filter((each) => each.code === code).map(({ name }) => showInvisible(name)).join(', ')}</span>
          {': '}
          {errors(`${code}.what`)}
        </p>
      ))}
    </Alert>
  )
}

function toLine({ link, url, phoneCode, messages: [first] }: MadeLink, name: string) {
  return [name, link.connection?.upstreamId ?? '', link.recipientEmail, url, phoneCode.code, first?.subject ?? '', first?.text ?? '']
}
