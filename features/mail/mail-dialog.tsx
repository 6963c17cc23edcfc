'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { KeyValueList } from '@/components/key-value-list'
import { RelativeTime } from '@/components/relative-time'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import { toast } from '@/components/ui/toast-store'
import type { Mail } from '@/contracts/mail'
import { roleMay, type Role } from '@/contracts/permissions'
import { ProblemAlert } from '../problem-state'
import { MailStatePill } from './mail-state-pill'
import { useOpenMail, useSendAgain } from './mutations'
import { mailQueries } from './queries'

export type MailDialogProps = { mail: Mail; now: string; role: Role; isSent: boolean }

/** One mail: where it is, its text with links masked, and sending it again. Its subject is the button that opens it. */
export function MailDialog(props: MailDialogProps) {
  const t = useTranslations('mail')
  const { mail } = props
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="ghost" className="-ml-2 h-auto px-2 py-1 text-left font-medium whitespace-normal wrap-anywhere" aria-label={t('open', { subject: mail.subject })}>
          {mail.subject}
        </Button>
      </DialogTrigger>
      {open && (
        <DialogContent title={mail.subject} size="lg" closeLabel={t('detail.close')}>
          <Content {...props} />
        </DialogContent>
      )}
    </Dialog>
  )
}

function Content({ mail, now, role, isSent }: MailDialogProps) {
  const t = useTranslations('mail')
  const { data, error } = useQuery(mailQueries.detail(mail.id))
  const again = useSendAgain(mail.id)
  const whole = useOpenMail(mail.id)
  const current = data?.mail ?? mail
  const mayOpen = roleMay(role, 'mail:open') && current.state === 'written' && current.hasText && !isSent
  return (
    <>
      <DialogBody>
        <KeyValueList
          items={[
            { term: t('detail.recipient'), value: current.recipient },
            { term: t('detail.state'), value: <MailStatePill state={current.state} />, ...hintOf(current.state, t) },
            ...(current.failure === null ? [] : [{ term: t('detail.failure'), value: <span className="font-mono text-[0.8125rem]">{current.failure}</span> }]),
            ...(current.nextTryAt === null ? [] : [{ term: t('detail.nextTry'), value: <RelativeTime at={current.nextTryAt} now={now} /> }]),
          ]}
        />
        {data === undefined && error === null && <Skeleton className="h-24" />}
        {whole.data !== undefined && <CodeBlock wrap label={t('detail.whole')} code={whole.data.text} />}
        {whole.data === undefined && typeof data?.text === 'string' && <CodeBlock wrap label={t('detail.masked')} code={data.text} />}
        {data !== undefined && data.text === null && <p className="text-muted">{t('detail.forgotten')}</p>}
        {[error, again.error, whole.error].map((each) => each !== null && <ProblemAlert key={each.message} error={each} />)}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('detail.close')}</Button>
        </DialogClose>
        {mayOpen && whole.data === undefined && (
          <Button loading={whole.isPending} onClick={() => whole.mutate()}>
            {t('detail.show')}
          </Button>
        )}
        {current.hasText && current.state !== 'queued' && current.state !== 'withdrawn' && (
          <Button variant="primary" loading={again.isPending} onClick={() => again.mutate(undefined, { onSuccess: () => toast.success(t('detail.sentAgain')) })}>
            {t('detail.again')}
          </Button>
        )}
      </DialogFooter>
    </>
  )
}

function hintOf(state: Mail['state'], t: ReturnType<typeof useTranslations<'mail'>>): { hint?: string } {
  return state === 'queued' || state === 'bounced' || state === 'failed' || state === 'withdrawn' ? { hint: t(`stateHints.${state}`) } : {}
}
