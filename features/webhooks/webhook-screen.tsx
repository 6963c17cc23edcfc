'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { KeyValueList } from '@/components/key-value-list'
import { PageHeader } from '@/components/page-header'
import { RelativeTime } from '@/components/relative-time'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardAction, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { toast } from '@/components/ui/toast-store'
import { useServerClock } from '@/components/use-server-clock'
import { pages } from '@/contracts/paths'
import type { Webhook } from '@/contracts/webhooks'
import { ProblemAlert, ProblemState } from '../problem-state'
import { DeliveriesSection } from './deliveries-section'
import { EditDialog } from './edit-dialog'
import { useChangeWebhook, useTestWebhook } from './mutations'
import { webhookQueries } from './queries'
import { RemoveButton } from './remove-button'
import { RotateDialog } from './rotate-dialog'
import { useEventName } from './use-event-name'
import { WebhookStatePill } from './webhook-state-pill'

/** One webhook: whether it takes what it is sent, what that was, and how it ends. `now` is the server's instant of rendering. */
export function WebhookScreen({ id, now }: { id: string; now: string }) {
  const { data, error, isFetching, refetch } = useQuery(webhookQueries.detail(id))
  useServerClock(now)
  return (
    <>
      {error !== null && (
        <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />
      )}
      {data !== undefined && <Content webhook={data} now={now} />}
    </>
  )
}

function Content({ webhook, now }: { webhook: Webhook; now: string }) {
  const t = useTranslations('webhooks')
  const test = useTestWebhook(webhook.id)
  const change = useChangeWebhook(webhook.id)
  const isOn = webhook.disabledAt === null
  const turn = () => change.mutate({ isOn: !isOn }, { onSuccess: () => toast.success(t(isOn ? 'detail.switchedOff' : 'detail.switchedOn')) })
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('settings') }, { label: t('title'), href: pages.webhooks() }, { label: webhook.name }]}
        title={webhook.name}
        badges={<WebhookStatePill webhook={webhook} />}
        secondary={
          <>
            <RemoveButton webhook={webhook} />
            <Button loading={change.isPending} onClick={turn}>
              {t(isOn ? 'detail.switchOff' : 'detail.switchOn')}
            </Button>
          </>
        }
        action={
          isOn ? (
            <Button variant="primary" loading={test.isPending} onClick={() => test.mutate(undefined, { onSuccess: () => toast.success(t('detail.tested')) })}>
              {t('detail.test')}
            </Button>
          ) : undefined
        }
      />
      {[test.error, change.error].map((error) => error !== null && <ProblemAlert key={error.message} error={error} />)}
      <Banner webhook={webhook} now={now} />
      <FactsCard webhook={webhook} now={now} />
      <DeliveriesSection webhookId={webhook.id} now={now} />
    </>
  )
}

function Banner({ webhook: { disabledAt, disabledByKeyrack, failingSince }, now }: { webhook: Webhook; now: string }) {
  const t = useTranslations('webhooks.detail')
  if (disabledAt !== null) return <Alert tone={disabledByKeyrack ? 'danger' : 'neutral'} title={t('offTitle')}>{t(disabledByKeyrack ? 'offByKeyrack' : 'off')}</Alert>
  if (failingSince === null) return null
  return (
    <Alert tone="warning" title={<>{t('failingTitle')}: <RelativeTime at={failingSince} now={now} /></>}>
      {t('failing')}
    </Alert>
  )
}

function FactsCard({ webhook, now }: { webhook: Webhook; now: string }) {
  const t = useTranslations('webhooks')
  const nameOf = useEventName()
  const { kind, origin, secretLast4, previousSecretEndsAt, events, createdAt, createdBy } = webhook
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('detail.facts')}</CardTitle>
        <CardAction>
          {secretLast4 !== null && <RotateDialog webhook={webhook} />}
          <EditDialog webhook={webhook} />
        </CardAction>
      </CardHeader>
      <CardContent>
        <KeyValueList
          items={[
            { term: t('detail.kind'), value: t(`kinds.${kind}`), hint: t(`kindHints.${kind}`) },
            { term: t('detail.origin'), value: <span className="font-mono text-[0.8125rem]">{origin}</span> },
            ...(secretLast4 === null
              ? []
              : [
                  {
                    term: t('detail.secret'),
                    value: <span className="font-mono text-[0.8125rem]">{t('detail.secretEnding', { last4: secretLast4 })}</span>,
                    ...(previousSecretEndsAt !== null && { hint: <>{t('detail.previousUntil')} <RelativeTime at={previousSecretEndsAt} now={now} /></> }),
                  },
                ]),
            { term: t('detail.events'), value: <ul>{events.map((type) => <li key={type}>{nameOf(type)}</li>)}</ul> },
            {
              term: t('detail.created'),
              value: <RelativeTime at={createdAt} now={now} />,
              ...(createdBy !== null && { hint: t('detail.createdBy', { name: createdBy }) }),
            },
          ]}
        />
      </CardContent>
    </Card>
  )
}
