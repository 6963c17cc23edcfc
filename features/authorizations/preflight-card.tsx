'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { CheckList, type CheckItem } from '@/components/check-list'
import { LiveRegion } from '@/components/live-region'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { CHECK_IDS, type Preflight } from '@/contracts/api-clients'
import { pages } from '@/contracts/paths'
import { ProblemState } from '../problem-state'
import { CheckExplanation } from './check-explanation'

type PreflightCardProps = {
  apiClientId: string
  preflight: UseQueryResult<Preflight>
  /** May open the API client's page, where most of it is mended. */
  mayMend: boolean
}

/** The checks before leaving; they run by themselves when an API client is chosen. */
export function PreflightCard({ apiClientId, preflight, mayMend }: PreflightCardProps) {
  const t = useTranslations('authorizations.preflight')
  const { data, error, isFetching, refetch } = preflight
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
        <CardAction>
          <Button size="sm" onClick={() => void refetch()} loading={isFetching}>
            {!isFetching && <RefreshCw aria-hidden />}
            {t('again')}
          </Button>
        </CardAction>
      </CardHeader>
      <CardContent>
        {error !== null && data === undefined ? (
          <ProblemState variant="inline" error={error} />
        ) : (
          <Checks data={data} apiClientId={apiClientId} mayMend={mayMend} />
        )}
      </CardContent>
      <Summary data={data} isFetching={isFetching} />
    </Card>
  )
}

type ChecksProps = { data: Preflight | undefined; apiClientId: string; mayMend: boolean }

function Checks({ data, apiClientId, mayMend }: ChecksProps) {
  const t = useTranslations('authorizations.preflight')
  const words = {
    pending: t('words.pending'),
    running: t('words.running'),
    pass: t('words.pass'),
    warn: t('words.warn'),
    fail: t('words.fail'),
  }
  const fix = mayMend ? (
    <ButtonLink size="sm" href={pages.apiClient(apiClientId)}>
      {t('fix')}
    </ButtonLink>
  ) : undefined
  const items: readonly CheckItem[] =
    data === undefined
      ? CHECK_IDS.map((id) => ({ id, label: t(`checks.${id}`), status: 'running' }))
      : data.checks.map((check) => ({
          id: check.id,
          label: t(`checks.${check.id}`),
          status: check.result,
          explanation: <CheckExplanation check={check} hint={check.result === 'fail' && !mayMend ? t('askDeveloper') : undefined} />,
          ...(check.result === 'fail' && fix !== undefined ? { fix } : {}),
        }))
  return <CheckList label={t('label')} labels={words} items={items} />
}

function Summary({ data, isFetching }: { data: Preflight | undefined; isFetching: boolean }) {
  const t = useTranslations('authorizations.preflight')
  if (isFetching) return <LiveRegion message={t('running')} />
  if (data === undefined) return <LiveRegion message="" />
  const failed = data.checks.filter(({ result }) => result === 'fail').length
  const warned = data.checks.filter(({ result }) => result === 'warn').length
  if (failed > 0) return <LiveRegion message={t('someFailed', { count: failed })} />
  return <LiveRegion message={warned > 0 ? t('someWarned', { count: warned }) : t('allPassed')} />
}
