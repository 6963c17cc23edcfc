'use client'

import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { StatusPill } from '@/components/status-pill'
import { ButtonLink } from '@/components/ui/button-link'
import { isErrorCode } from '@/contracts/errors'
import { pages } from '@/contracts/paths'
import type { PropertyCreation } from '@/contracts/property-creations'
import { showInvisible } from '@/lib/text/show-invisible'

const TONES = { sending: 'info', created: 'success', existing: 'warning', refused: 'danger', unknown: 'warning' } as const

/** What became of one property that was to be created, and the next step. */
export function CreationItem({ apiClientId, creation, now }: { apiClientId: string; creation: PropertyCreation; now: string }) {
  const t = useTranslations('propertyCreations')
  const errors = useTranslations('errors')
  const { state, failure, upstreamId, networkProperties, connectionId } = creation
  return (
    <li data-state={state} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-3 sm:px-5">
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium wrap-anywhere">{showInvisible(creation.name)}</span>
          <StatusPill tone={TONES[state]}>{t(`state.${state}`)}</StatusPill>
        </p>
        <p className="text-[0.8125rem] wrap-anywhere text-muted">
          {showInvisible(creation.contactName)}, {showInvisible(creation.email)} · <RelativeTime at={creation.at} now={now} />
        </p>
        {upstreamId !== null && <p className="text-[0.8125rem] text-muted">{t('octorateId', { id: showInvisible(upstreamId) })}</p>}
        <p className="max-w-prose text-[0.8125rem] text-pretty">{t(`text.${state}`)}</p>
        {isErrorCode(failure) && <p className="text-[0.8125rem] text-danger-text">{errors(`${failure}.what`)}</p>}
        {networkProperties.length > 0 && (
          <details>
            <summary className="w-fit rounded-xs py-1 text-[0.8125rem] font-medium text-accent-text touch:py-3">{t('network', { count: networkProperties.length })}</summary>
            <p className="font-mono text-xs leading-5 wrap-anywhere">{networkProperties.map((id) => showInvisible(id)).join(', ')}</p>
          </details>
        )}
      </div>
      {connectionId !== null && (
        <ButtonLink size="sm" href={pages.connection(connectionId)}>
          {t('open')}
        </ButtonLink>
      )}
      {state === 'existing' && (
        <ButtonLink size="sm" href={pages.newConnection(apiClientId)}>
          {t('connectInstead')}
        </ButtonLink>
      )}
    </li>
  )
}
