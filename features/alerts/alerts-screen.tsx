'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page-header'
import { Alert } from '@/components/ui/alert'
import { ButtonLink } from '@/components/ui/button-link'
import { useServerClock } from '@/components/use-server-clock'
import { pages } from '@/contracts/paths'
import { ProblemState } from '../problem-state'
import { AlertList } from './alert-list'
import { alertQueries } from './queries'
import { SettingsCard } from './settings-card'

/** What people are told of, who they are, and what they were told. `now` is the server's instant of rendering. */
export function AlertsScreen({ now }: { now: string }) {
  const t = useTranslations('alerts')
  useServerClock(now)
  const { data, error, isFetching, refetch } = useQuery(alertQueries.overview())
  const mayManage = data !== undefined && data.settings !== null
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('settings') }, { label: t('title') }]}
        title={t('title')}
        description={t(mayManage ? 'description' : 'ofConnections')}
        {...(mayManage ? { action: <ButtonLink href={pages.webhooks()}>{t('addChannel')}</ButtonLink> } : {})}
      />
      {error !== null && (
        <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />
      )}
      {data !== undefined && (
        <>
          {mayManage && !data.sendsMail && (
            <Alert tone="info" title={t('noMail')} actions={<ButtonLink href={pages.mail()}>{t('openMail')}</ButtonLink>} />
          )}
          {data.settings !== null && <SettingsCard settings={data.settings} recipients={data.recipients} />}
          <AlertList alerts={data.alerts} now={now} />
        </>
      )}
    </>
  )
}
