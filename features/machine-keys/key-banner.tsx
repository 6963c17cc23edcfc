'use client'

import { useTranslations } from 'use-intl'
import { formatRelative } from '@/components/format-time'
import { toMs } from '@/components/server-clock'
import { Alert } from '@/components/ui/alert'
import { ButtonLink } from '@/components/ui/button-link'
import { useTicking } from '@/components/use-ticking'
import type { MachineKeyDetail } from '@/contracts/machine-keys'
import { pages } from '@/contracts/paths'
import { warningOf } from './expiry-warning'

/** What somebody has to do about a key, if anything: give out its successor, rotate it in time, or revoke it. */
export function KeyBanner({ machineKey, now }: { machineKey: MachineKeyDetail; now: string }) {
  const t = useTranslations('machineKeys.banner')
  const { state, expiresAt, isUnused, replacedById, rotateBy } = machineKey
  const warning = useTicking(now, (nowMs) => (expiresAt === null ? 'none' : warningOf(toMs(expiresAt) - nowMs)))
  const when = useTicking(now, (nowMs) => (expiresAt === null ? '' : formatRelative(toMs(expiresAt) - nowMs)))
  const rotateWhen = useTicking(now, (nowMs) => (rotateBy === null ? '' : formatRelative(toMs(rotateBy) - nowMs)))
  if (state === 'ending' && replacedById !== null) {
    return (
      <Alert
        tone="warning"
        title={t('ending.title')}
        actions={<ButtonLink href={pages.machineKey(replacedById)}>{t('ending.action')}</ButtonLink>}
      >
        {t('ending.text')}
      </Alert>
    )
  }
  if (state === 'expired') return <Alert tone="danger" title={t('expired.title')}>{t('expired.text')}</Alert>
  if (state !== 'active') return null
  if (rotateBy !== null) {
    return (
      <Alert tone="warning" title={t('left.title', { when: rotateWhen })}>
        {t('left.text')}
      </Alert>
    )
  }
  if (warning !== 'none') {
    return (
      <Alert tone={warning === 'month' ? 'info' : warning === 'week' ? 'warning' : 'danger'} title={t('expiring.title', { when })}>
        {t('expiring.text')}
      </Alert>
    )
  }
  return isUnused ? <Alert tone="warning" title={t('unused.title')}>{t('unused.text')}</Alert> : null
}
