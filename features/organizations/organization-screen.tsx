'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page-header'
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { useServerClock } from '@/components/use-server-clock'
import { ProblemState } from '../problem-state'
import { CreateOrganizationDialog } from './create-organization-dialog'
import { organizationQueries } from './queries'
import { RenameCard } from './rename-card'
import { TwoFactorRule } from './two-factor-rule'

/** The organization's name and rules, and a further one. `now` is the server's instant of rendering. */
export function OrganizationScreen({ now }: { now: string }) {
  const t = useTranslations('organization')
  useServerClock(now)
  const { data, error, isFetching, refetch } = useQuery(organizationQueries.current())
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {error !== null && <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />}
      {data !== undefined && (
        <div className="flex max-w-3xl flex-col gap-5">
          <RenameCard organization={data} now={now} />
          <TwoFactorRule organization={data} />
          <Card>
            <CardHeader>
              <CardTitle>{t('another.title')}</CardTitle>
              <CardDescription>{t('another.text')}</CardDescription>
              <CardAction>
                <CreateOrganizationDialog />
              </CardAction>
            </CardHeader>
            <CardContent className="p-0" />
          </Card>
        </div>
      )}
    </>
  )
}
