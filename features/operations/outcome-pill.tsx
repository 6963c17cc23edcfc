'use client'

import { useTranslations } from 'use-intl'
import { StatusPill } from '@/components/status-pill'
import type { Operation } from '@/contracts/operations'

/** What came of a call: its status, and the cause where it failed. */
export function OutcomePill({ operation: { status, cause } }: { operation: Pick<Operation, 'status' | 'cause'> }) {
  const t = useTranslations('operations')
  if (cause === null) return <StatusPill tone="success">{status ?? t('noAnswer')}</StatusPill>
  return <StatusPill tone={status === null || status >= 500 ? 'warning' : 'danger'}>{status === null ? t(`causes.${cause}.name`) : `${status} · ${t(`causes.${cause}.name`)}`}</StatusPill>
}
