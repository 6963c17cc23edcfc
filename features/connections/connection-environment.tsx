import { useTranslations } from 'use-intl'
import { EnvironmentBadge, EnvironmentStrip } from '@/components/environment-badge'
import type { ConnectionSummary } from '@/contracts/connections'

type Environment = ConnectionSummary['environment']

const KINDS = { PRODUCTION: 'live', SANDBOX: 'test' } as const satisfies Record<Environment, 'live' | 'test'>

/** Octorate's mode that a connection belongs to, as a badge. */
export function ConnectionEnvironmentBadge({ environment }: { environment: Environment }) {
  const t = useTranslations('connections')
  return <EnvironmentBadge kind={KINDS[environment]}>{t(`environment.${environment}`)}</EnvironmentBadge>
}

/** The same over a whole page, where a mistake would be dear. */
export function ConnectionEnvironmentStrip({ environment }: { environment: Environment }) {
  const t = useTranslations('connections')
  return (
    <EnvironmentStrip kind={KINDS[environment]} className="overflow-hidden rounded-lg">
      {t(`environmentStrip.${environment}`)}
    </EnvironmentStrip>
  )
}
