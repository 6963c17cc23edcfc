'use client'

import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import type { RedirectUriState } from '@/contracts/redirect-uris'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import { useAdoptRedirectUris } from './mutations'

export type DriftAlertProps = { apiClientId: string; drift: NonNullable<RedirectUriState['drift']>; now: string; mayWrite: boolean }

/** Somebody else changed the list at Octorate: what, since when it is known, and the way to take it over. */
export function DriftAlert({ apiClientId, drift, now, mayWrite }: DriftAlertProps) {
  const t = useTranslations('redirectUris.drift')
  const adopt = useAdoptRedirectUris(apiClientId)
  return (
    <Alert
      tone="warning"
      title={t('title')}
      actions={
        mayWrite && (
          <Button
            size="sm"
            loading={adopt.isPending}
            onClick={() => adopt.mutate(undefined, { onSuccess: () => toast.success(t('adopted')) })}
          >
            {t('adopt')}
          </Button>
        )
      }
    >
      <p>
        {t('text', { count: drift.added.length + drift.removed.length })} <RelativeTime at={drift.at} now={now} />
      </p>
      <ul className="mt-1 text-[0.8125rem] wrap-anywhere">
        {drift.added.map((uri) => (
          <li key={uri}>{t('added', { uri: showInvisible(uri) })}</li>
        ))}
        {drift.removed.map((uri) => (
          <li key={uri}>{t('removed', { uri: showInvisible(uri) })}</li>
        ))}
      </ul>
      {adopt.isError && <ProblemAlert error={adopt.error} />}
    </Alert>
  )
}
