'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { TONE_TEXT, type Tone } from '@/components/ui/tone'
import { cn } from '@/components/ui/cn'
import { Skeleton } from '@/components/ui/skeleton'
import type { CampaignCheck } from '@/contracts/campaigns'
import { pages } from '@/contracts/paths'
import { TextLink } from '../machine-keys/text-link'
import { ProblemState } from '../problem-state'
import { toSelection } from './campaign-query'
import { LeftOutList } from './left-out-list'
import { campaignQueries } from './queries'
import type { Selection } from './use-selection'

/** Who would get a mail, who has no address, and who is left out and why. */
export function CheckResult({ selection: { filter, connectionIds } }: { selection: Selection }) {
  const t = useTranslations('campaigns.check')
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(campaignQueries.check(toSelection(filter, connectionIds)))
  if (error !== null) return <ProblemState variant="inline" error={error} onRetry={() => void refetch()} retrying={isFetching} />
  if (data === undefined) return <Skeleton className="h-20 w-full rounded-lg" />
  return (
    <div aria-busy={isPlaceholderData || undefined} className={cn('flex flex-col gap-3 transition-opacity', isPlaceholderData && 'opacity-60')}>
      <dl className="grid grid-cols-2 gap-2 lg:grid-cols-4">
        <Figure term={t('chosen')} count={data.chosen} />
        <Figure term={t('withAddress')} count={data.total - data.withoutAddress} tone="success" />
        <Figure term={t('withoutAddress')} count={data.withoutAddress} tone="warning" />
        <Figure term={t('leftOut')} count={data.leftOut.length} tone="warning" />
      </dl>
      {data.withoutAddress > 0 && (
        <p className="text-[0.8125rem] text-pretty text-muted">
          {t('noAddressText')} <TextLink href={pages.importContacts()}>{t('importContacts')}</TextLink>
        </p>
      )}
      <LeftOutByReason leftOut={data.leftOut} />
      <LiveRegion message={isPlaceholderData ? '' : t('aloud', { chosen: data.chosen, total: data.total, leftOut: data.leftOut.length })} />
    </div>
  )
}

function Figure({ term, count, tone = 'neutral' }: { term: string; count: number; tone?: Tone }) {
  return (
    <div className="flex flex-col-reverse rounded-lg border px-3 py-2">
      <dt className="text-[0.8125rem] text-muted">{term}</dt>
      <dd className={cn('text-lg font-semibold tabular-nums', count === 0 ? 'text-subtle' : tone !== 'neutral' && TONE_TEXT[tone])}>{count.toLocaleString('en')}</dd>
    </div>
  )
}

function LeftOutByReason({ leftOut }: Pick<CampaignCheck, 'leftOut'>) {
  const t = useTranslations('campaigns.check')
  if (leftOut.length === 0) return null
  return (
    <details className="text-sm">
      <summary className="w-fit font-medium">{t('whoLeftOut', { count: leftOut.length })}</summary>
      <LeftOutList items={leftOut} className="mt-2" />
    </details>
  )
}
