import { Network } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Badge } from '@/components/ui/badge'
import type { ConnectionSummary } from '@/contracts/connections'

/** Marks a connection whose one token covers several properties. */
export function NetworkBadge({ isNetwork, propertyCount }: Pick<ConnectionSummary, 'isNetwork' | 'propertyCount'>) {
  const t = useTranslations('connections')
  if (!isNetwork) return null
  return (
    <Badge tone="info">
      <Network aria-hidden />
      {t('network', { count: propertyCount })}
    </Badge>
  )
}
