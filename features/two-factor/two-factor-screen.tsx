'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page-header'
import { Alert } from '@/components/ui/alert'
import { useServerClock } from '@/components/use-server-clock'
import { ProblemState } from '../problem-state'
import { OffCard } from './off-card'
import { OnCard } from './on-card'
import { twoFactorQueries } from './queries'

/** Two-factor sign-in of who is signed in. `now` is the server's instant of rendering. */
export function TwoFactorScreen({ now }: { now: string }) {
  const t = useTranslations('twoFactor')
  useServerClock(now)
  // The codes are shown after it is on already: the card with their dialog stays until they are stored.
  const [isSettingUp, setSettingUp] = useState(false)
  const { data, error, isFetching, refetch } = useQuery(twoFactorQueries.state())
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {error !== null && <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />}
      {data !== undefined && (
        <div className="flex max-w-3xl flex-col gap-5">
          {data.isRequired && data.hasPassword && !data.isOn && (
            <Alert tone="warning" title={t('required')}>
              {t('requiredText')}
            </Alert>
          )}
          {data.isOn && !isSettingUp ? <OnCard state={data} now={now} /> : <OffCard state={data} onSettingUp={setSettingUp} />}
        </div>
      )}
    </>
  )
}
