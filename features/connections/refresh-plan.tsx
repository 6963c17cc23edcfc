'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { formatUtc } from '@/components/format-time'
import { RelativeTime } from '@/components/relative-time'
import { useTicking } from '@/components/use-ticking'
import type { ConnectionDetail } from '@/contracts/connections'
import { turnOf } from '@/lib/refresh/ladder'

type RefreshPlanProps = { connection: ConnectionDetail; now: string }

/** Of a connection whose refresh fails: whose turn it is, since when, how often it was tried, and when it is next. */
export function RefreshPlan({ connection, now }: RefreshPlanProps) {
  const t = useTranslations('connections.plan')
  const whose = useTranslations('problems.turn')
  const { status, cause, statusSince, nextRefreshAt, refreshFailures } = connection
  if (status !== 'refresh_failing' && status !== 'reconnect_required') return null
  const turn = turnOf(status, cause)
  return (
    <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-[0.8125rem]">
      {turn !== null && <Fact term={t('turn')}>{whose(turn)}</Fact>}
      <Fact term={t('since')}>
        <Moment at={statusSince} now={now} />
      </Fact>
      {refreshFailures > 0 && <Fact term={t('tries')}>{t('failed', { count: refreshFailures })}</Fact>}
      <Fact term={t('next')}>{nextRefreshAt === null ? t('never') : <NextTry at={nextRefreshAt} now={now} exact />}</Fact>
    </dl>
  )
}

/** When a token is renewed next, in words or also exactly; one that is due already is being tried. */
export function NextTry({ at, now, exact = false }: { at: string; now: string; exact?: boolean }) {
  const t = useTranslations('connections.plan')
  const isDue = useTicking(now, (nowMs) => Date.parse(at) <= nowMs)
  if (isDue) return t('due')
  return exact ? <Moment at={at} now={now} /> : <RelativeTime at={at} now={now} />
}

function Moment({ at, now }: { at: string; now: string }) {
  return (
    <>
      <RelativeTime at={at} now={now} /> <span className="text-muted">({formatUtc(Date.parse(at))})</span>
    </>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-1.5">
      <dt className="text-muted">{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
