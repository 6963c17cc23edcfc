'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { formatUtc } from '@/components/format-time'
import { KeyValueList } from '@/components/key-value-list'
import { RelativeTime } from '@/components/relative-time'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast-store'
import type { Delivery } from '@/contracts/webhooks'
import { ProblemAlert } from '../problem-state'
import { DeliveryStatePill } from './delivery-state-pill'
import { useRedeliver } from './mutations'
import { useEventName } from './use-event-name'
import { useOutcome } from './use-outcome'

export type DeliveryDialogProps = { webhookId: string; delivery: Delivery; now: string }

/** One message: what is sent, what came back each time, and sending it again. Its event is the button that opens it. */
export function DeliveryDialog({ webhookId, delivery, now }: DeliveryDialogProps) {
  const t = useTranslations('webhooks.deliveries')
  const nameOf = useEventName()
  const outcomeOf = useOutcome()
  const again = useRedeliver(webhookId)
  const [open, setOpen] = useState(false)
  const { id, eventId, eventType, state, nextTryAt, body, attempts } = delivery
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button
          variant="ghost"
          className="-ml-2 h-auto px-2 py-1 text-left font-medium whitespace-normal"
          aria-label={t('open', { event: nameOf(eventType), at: formatUtc(Date.parse(delivery.createdAt)) })}
        >
          {nameOf(eventType)}
        </Button>
      </DialogTrigger>
      {open && (
        <DialogContent title={nameOf(eventType)} size="lg" closeLabel={t('close')}>
          <DialogBody>
            <KeyValueList
              items={[
                { term: t('columns.state'), value: <DeliveryStatePill state={state} /> },
                { term: t('id'), value: <span className="font-mono text-[0.8125rem]">{eventId}</span> },
                ...(nextTryAt === null ? [] : [{ term: t('nextTry'), value: <RelativeTime at={nextTryAt} now={now} /> }]),
              ]}
            />
            <CodeBlock wrap label={t('request')} code={indented(body)} />
            {attempts.length > 0 && <h3 className="text-sm font-semibold">{t('attempts')}</h3>}
            {attempts.map((attempt) => (
              <div key={attempt.at} className="flex min-w-0 flex-col gap-2">
                <p className="flex flex-wrap gap-x-3 text-[0.8125rem] text-muted">
                  <span className="font-medium text-foreground">{outcomeOf(attempt)}</span>
                  <RelativeTime at={attempt.at} now={now} />
                  <span>{t('took', { ms: attempt.durationMs })}</span>
                </p>
                {attempt.answer !== null && (
                  <CodeBlock wrap label={t('attempt', { status: attempt.status ?? '' })} code={attempt.answer === '' ? t('emptyAnswer') : attempt.answer} />
                )}
              </div>
            ))}
            {again.isError && <ProblemAlert error={again.error} />}
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>{t('close')}</Button>
            </DialogClose>
            <Button variant="primary" loading={again.isPending} onClick={() => again.mutate(id, { onSuccess: () => toast.success(t('sentAgain')) })}>
              {t('again')}
            </Button>
          </DialogFooter>
        </DialogContent>
      )}
    </Dialog>
  )
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
