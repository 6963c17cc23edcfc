'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { Alert } from '@/components/ui/alert'
import type { Tone } from '@/components/ui/tone'
import type { ConnectionDetail } from '@/contracts/connections'
import { bannerKind, isBeyondHotelier } from './connection-acts'
import { RefreshPlan } from './refresh-plan'

type ConnectionBannerProps = { connection: ConnectionDetail; now: string; action: ReactNode }

/** Why a connection is not well, since when, what is done about it by itself, and the one thing to do. */
export function ConnectionBanner({ connection, now, action }: ConnectionBannerProps) {
  const t = useTranslations('connections.banner')
  const links = useTranslations('links.send')
  const kind = bannerKind(connection)
  if (kind === null) return null
  const tone = TONES[connection.status]
  return (
    <Alert tone={tone} title={t(`${kind}.title`)} actions={action || undefined}>
      <p className="max-w-prose text-pretty">
        {t(`${kind}.text`)}
      </p>
      {isBeyondHotelier(connection) && <p className="mt-0.5 font-medium">{links('noHelp')}</p>}
      {connection.status === 'disconnected' && (
        <p className="mt-0.5 text-[0.8125rem] text-muted">
          {t('began')} <RelativeTime at={connection.statusSince} now={now} />
        </p>
      )}
      <RefreshPlan connection={connection} now={now} />
    </Alert>
  )
}

const TONES = {
  healthy: 'warning',
  expiring: 'warning',
  refresh_failing: 'warning',
  reconnect_required: 'danger',
  disconnected: 'neutral',
} as const satisfies Record<ConnectionDetail['status'], Tone>
