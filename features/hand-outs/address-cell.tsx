'use client'

import { useTranslations } from 'use-intl'
import { toMs } from '@/components/server-clock'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { useTicking } from '@/components/use-ticking'

const DAY_MS = 24 * 60 * 60 * 1000

/** An address, marked for a day after it was first seen: whoever stole a key comes from a new one. */
export function AddressCell({ address, firstAt, now }: { address: string; firstAt: string; now: string }) {
  const t = useTranslations('handOuts')
  const isNew = useTicking(now, (nowMs) => nowMs - toMs(firstAt) < DAY_MS)
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 max-sm:justify-end">
      {/* An IPv6 address may be longer than the column. */}
      <span className={cn('tabular-nums', address.includes(':') ? 'min-w-40 wrap-anywhere' : 'whitespace-nowrap')}>
        {address === 'unresolved' ? t('unresolved') : address}
      </span>
      {isNew && <Badge tone="info">{t('new')}</Badge>}
    </span>
  )
}
