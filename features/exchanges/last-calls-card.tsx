'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { StepStrip, type Step } from '@/components/step-strip'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { CallAct } from '@/contracts/calls'
import type { Exchange } from '@/contracts/exchange'
import { isErrorCode } from '@/contracts/errors'
import { MaskedExchanges } from './masked-exchanges'
import { nameOfCall } from './name-of-call'
import { callQueries } from './queries'

/** The exchange strip of the last act of one kind at Octorate, whether it succeeded or not; nothing before the first. */
export function LastCallsCard({ apiClientId, act, now }: { apiClientId: string; act: CallAct; now: string }) {
  const t = useTranslations('exchanges.strip')
  const errors = useTranslations('errors')
  const { data } = useQuery(callQueries.last(apiClientId, act))
  const last = data?.last ?? null
  if (last === null) return null
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>
          {t('text')} <RelativeTime at={last.at} now={now} />
        </CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        {isErrorCode(last.failure) && <p className="text-danger-text">{t('failure', { what: errors(`${last.failure}.what`) })}</p>}
        <CallsStrip key={last.at} exchanges={last.exchanges} />
      </CardContent>
    </Card>
  )
}

/** One box for each call, with its time and status; it opens to the masked request and answer. */
export function CallsStrip({ exchanges }: { exchanges: readonly Exchange[] }) {
  const t = useTranslations('exchanges.strip')
  const steps = exchanges.map((exchange, index): Step => {
    const isGood = exchange.status !== null && exchange.status < 300
    return {
      id: String(index),
      label: t(`calls.${nameOfCall(exchange)}`),
      status: isGood ? 'done' : 'failed',
      durationMs: exchange.durationMs,
      note: exchange.status === null ? t('unanswered') : `${exchange.method} ${exchange.status}`,
      details: <MaskedExchanges exchanges={[exchange]} />,
    }
  })
  return <StepStrip steps={steps} label={t('label')} labels={{ done: t('done'), failed: t('failed') }} />
}
