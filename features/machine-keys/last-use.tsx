import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import type { MachineKeySummary } from '@/contracts/machine-keys'

type LastUseProps = { machineKey: Pick<MachineKeySummary, 'lastUse' | 'isUnused'>; now: string }

/** When and from where a key was last used, and whether that is suspiciously long ago. */
export function LastUse({ machineKey: { lastUse, isUnused }, now }: LastUseProps) {
  const t = useTranslations('machineKeys')
  const from = lastUse?.address === 'unresolved' ? t('unresolved') : lastUse?.address
  return (
    <span className="flex flex-col items-start gap-0.5 max-sm:items-end">
      {lastUse === null ? <span className="text-muted">{t('neverUsed')}</span> : <RelativeTime at={lastUse.at} now={now} />}
      {from !== undefined && <span className={cn('text-[0.8125rem] text-muted', wrapOf(from))}>{t('from', { address: from })}</span>}
      {isUnused && <Badge tone="warning">{t('unused')}</Badge>}
    </span>
  )
}

/** An IPv6 address may be longer than the column. */
function wrapOf(address: string): string {
  return address.includes(':') ? 'wrap-anywhere' : 'whitespace-nowrap'
}
