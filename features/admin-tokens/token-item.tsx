'use client'

import { useTranslations } from 'use-intl'
import { ExpiryBar } from '@/components/expiry-bar'
import { RelativeTime } from '@/components/relative-time'
import { SecretTail } from '@/components/secret-tail'
import { StatusPill } from '@/components/status-pill'
import { Button } from '@/components/ui/button'
import type { AdminTokenSummary } from '@/contracts/admin-tokens'
import { ADMIN_TOKEN_LIFE_MS, ADMIN_TOKEN_THRESHOLDS } from '../api-clients/admin-token-life'
import { useDraftLetter } from '../letters/mutations'
import { ProblemAlert } from '../problem-state'
import { useTestAdminToken } from './mutations'
import { RevealDialog } from './reveal-dialog'

const TONES = { current: 'success', retired: 'neutral', expired: 'warning' } as const

export type TokenItemProps = { apiClientId: string; token: AdminTokenSummary; now: string; mayWrite: boolean; mayReveal: boolean }

/** One admin token: its end, whether Octorate took it when it was last tried, and what can be done with it. */
export function TokenItem({ apiClientId, token, now, mayWrite, mayReveal }: TokenItemProps) {
  const t = useTranslations('adminTokens')
  const test = useTestAdminToken(apiClientId)
  const draft = useDraftLetter(apiClientId)
  const { id, last4, state } = token
  return (
    <li data-state={state} className="flex flex-col gap-3 px-4 py-3 sm:px-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-col gap-1">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <SecretTail last4={last4} label={t('tail')} />
            <StatusPill tone={TONES[state]}>{t(`state.${state}`)}</StatusPill>
          </p>
          <p className="text-[0.8125rem] text-muted">
            {t('issued')} <RelativeTime at={token.issuedAt} now={now} />
            {token.retiredAt !== null && (
              <>
                , {t('retired')} <RelativeTime at={token.retiredAt} now={now} />
              </>
            )}
          </p>
          <p className="text-[0.8125rem] text-muted" aria-live="polite">
            {token.test === null ? t('untested') : <>{t(token.test.accepted ? 'accepted' : 'refused')} <RelativeTime at={token.test.at} now={now} /></>}
          </p>
          {state === 'retired' && <p className="max-w-prose text-[0.8125rem] text-muted">{t('retiredText')}</p>}
        </div>
        {state === 'current' ? (
          <ExpiryBar
            expiresAt={token.expiresAt}
            now={now}
            totalMs={ADMIN_TOKEN_LIFE_MS}
            thresholds={ADMIN_TOKEN_THRESHOLDS}
            overText={t('state.expired')}
            announceText={t('left')}
          />
        ) : (
          <p className="text-[0.8125rem] text-muted">
            {t('ends')} <RelativeTime at={token.expiresAt} now={now} />
          </p>
        )}
      </div>
      {mayWrite && (
        <div className="-mx-2.5 flex flex-wrap gap-1">
          <Button size="sm" variant="ghost" loading={test.isPending} onClick={() => test.mutate(id)} aria-label={t('nameOf', { action: t('test'), last4 })}>
            {t('test')}
          </Button>
          {mayReveal && <RevealDialog apiClientId={apiClientId} tokenId={id} last4={last4} />}
          <Button
            size="sm"
            variant="ghost"
            loading={draft.isPending}
            onClick={() => draft.mutate({ kind: 'admin_token', adminTokenId: id })}
            aria-label={t('nameOf', { action: t('letter'), last4 })}
          >
            {t('letter')}
          </Button>
        </div>
      )}
      {test.isError && <ProblemAlert error={test.error} />}
      {draft.isError && <ProblemAlert error={draft.error} />}
    </li>
  )
}
