'use client'

import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { StatusPill } from '@/components/status-pill'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardAction, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { toast } from '@/components/ui/toast-store'
import type { Tone } from '@/components/ui/tone'
import type { IpWhitelist } from '@/contracts/ip-whitelists'
import { showInvisible } from '@/lib/text/show-invisible'
import { BlockDifference } from '../address-lists/block-difference'
import { ProblemAlert } from '../problem-state'
import { ConfirmVersionDialog } from './confirm-version-dialog'
import { useRequestWhitelist } from './mutations'
import { StateSteps } from './state-steps'

const TONES = { empty: 'neutral', draft: 'warning', requested: 'info', confirmed: 'success', verified: 'success' } as const satisfies Record<
  IpWhitelist['state'],
  Tone
>

/** How far the list is at Octorate, and what it differs by from what Octorate confirmed last: always in sight. */
export function StateCard({ apiClientId, list, now }: { apiClientId: string; list: IpWhitelist; now: string }) {
  const t = useTranslations('ipWhitelists.state')
  const request = useRequestWhitelist(apiClientId)
  const { state, drift, unrequested, versions, revision } = list
  const [newest] = versions
  const confirmed = versions.find((version) => version.state !== 'requested')
  const toAsk = unrequested.added.length + unrequested.removed.length
  const isDrifting = drift.added.length + drift.removed.length > 0
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
        <CardAction>
          <StatusPill tone={TONES[state]}>{t(`names.${state}`)}</StatusPill>
        </CardAction>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <StateSteps list={list} />
        {isDrifting && (
          <Alert tone="warning" title={t(confirmed === undefined ? 'nothingConfirmed' : 'drift')}>
            <div className="mt-1.5">
              <BlockDifference added={drift.added} removed={drift.removed} />
            </div>
          </Alert>
        )}
        {!isDrifting && confirmed !== undefined && <Alert tone="success" title={t('noDrift')} />}
        {confirmed !== undefined && confirmed.confirmedAt !== null && (
          <p className="text-[0.8125rem] text-muted">
            {t('confirmedBy', { number: confirmed.number, name: showInvisible(confirmed.confirmedBy ?? t('somebody')), how: showInvisible(confirmed.confirmedHow ?? '') })}{' '}
            <RelativeTime at={confirmed.confirmedAt} now={now} />
          </p>
        )}
        {request.isError && <ProblemAlert error={request.error} />}
      </CardContent>
      {(toAsk > 0 || newest?.state === 'requested') && (
        <CardFooter>
          {newest?.state === 'requested' && <ConfirmVersionDialog apiClientId={apiClientId} version={newest} isPrimary={toAsk === 0} />}
          {toAsk > 0 && (
            <Button
              variant="primary"
              className="h-auto min-h-9 py-1.5 whitespace-normal"
              loading={request.isPending}
              onClick={() => request.mutate(revision, { onSuccess: () => toast.success(t('requested')) })}
            >
              {t('request', { added: unrequested.added.length, removed: unrequested.removed.length })}
            </Button>
          )}
        </CardFooter>
      )}
    </Card>
  )
}
