'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ExpiryBar } from '@/components/expiry-bar'
import { formatUtc } from '@/components/format-time'
import { KeyValueList } from '@/components/key-value-list'
import { RelativeTime } from '@/components/relative-time'
import { TONE_TEXT } from '@/components/ui/tone'
import type { ConnectionDetail } from '@/contracts/connections'
import { OPERATOR_ASKED } from '@/lib/connection-status'
import { LastRefresh } from './last-refresh'
import { NextTry } from './refresh-plan'

/** When the access token ends, how that is known, and what can renew it. */
export function AccessFacts({ connection, now }: { connection: ConnectionDetail; now: string }) {
  const t = useTranslations('connections.detail')
  const { accessExpiresAt, accessIssuedAt } = connection
  return (
    <KeyValueList
      items={[
        {
          term: t('facts.expires'),
          value: <Expiry expiresAt={accessExpiresAt} now={now} />,
          ...(accessExpiresAt === null ? {} : { hint: formatUtc(Date.parse(accessExpiresAt)) }),
        },
        ...(accessExpiresAt === null
          ? []
          : [
              {
                term: t('facts.source'),
                value: t(`source.${connection.expirySource}`),
                ...(connection.expiryFlagged ? { hint: <Flag text={t('flagged')} /> } : {}),
              },
            ]),
        ...(accessIssuedAt === null ? [] : [{ term: t('facts.issued'), value: <RelativeTime at={accessIssuedAt} now={now} /> }]),
        {
          term: t('facts.lastRefresh'),
          value: (
            <LastRefresh lastRefreshAt={connection.lastRefreshAt} lastRefreshOutcome={connection.lastRefreshOutcome} now={now} />
          ),
        },
        ...(connection.nextRefreshAt === null || connection.refreshPausedAt !== null
          ? []
          : [
              {
                term: t('facts.nextRefresh'),
                value: <NextTry at={connection.nextRefreshAt} now={now} />,
                hint: formatUtc(Date.parse(connection.nextRefreshAt)),
              },
            ]),
        { term: t('facts.refreshToken'), value: t(refreshTokenText(connection)) },
      ]}
    />
  )
}

function Expiry({ expiresAt, now }: { expiresAt: string | null; now: string }) {
  const t = useTranslations('connections')
  if (expiresAt === null) return <span className="text-muted">{t('noToken')}</span>
  return (
    <ExpiryBar
      expiresAt={expiresAt}
      now={now}
      overText={t('expired')}
      announceText={t('expiresIn', { left: '{left}' })}
      className="max-w-64"
    />
  )
}

function Flag({ text }: { text: string }) {
  return (
    <span className={`inline-flex items-start gap-1.5 ${TONE_TEXT.warning}`}>
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {text}
    </span>
  )
}

function refreshTokenText({ status, cause, hasRefreshToken }: ConnectionDetail) {
  if (cause === OPERATOR_ASKED) return 'facts.refreshTokenGivenUp'
  if (status === 'disconnected') return 'facts.refreshTokenWiped'
  return hasRefreshToken ? 'facts.refreshTokenKept' : 'facts.refreshTokenNone'
}
