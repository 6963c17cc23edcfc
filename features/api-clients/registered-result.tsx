'use client'

import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import type { Preflight } from '@/contracts/api-clients'

const TONES = { ok: 'success', not_registered: 'danger', near_miss: 'danger', not_checked: 'warning' } as const

/** What Octorate's own list says of the redirect URI in use; null when it could not be asked at all. */
export function RegisteredResult({ check }: { check: Preflight['checks'][number] | null }) {
  const t = useTranslations('apiClients.callback.result')
  const reason = isKnown(check?.reason) ? check.reason : 'not_checked'
  // The server counts from 0, people from 1.
  const values = { position: String(Number(check?.values['position'] ?? 0) + 1), nearest: check?.values['nearest'] ?? '' }
  return (
    <Alert tone={TONES[reason]} title={t(reason, values)}>
      <span className="wrap-anywhere">{t(`${reason}Text`, values)}</span>
    </Alert>
  )
}

function isKnown(reason: string | undefined): reason is keyof typeof TONES {
  return reason !== undefined && Object.hasOwn(TONES, reason)
}
