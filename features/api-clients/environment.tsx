import { useTranslations } from 'use-intl'
import { EnvironmentBadge, EnvironmentStrip } from '@/components/environment-badge'
import type { Environment } from '@/contracts/api-clients'

const KINDS = { PRODUCTION: 'live', SANDBOX: 'test' } as const satisfies Record<Environment, 'live' | 'test'>

/** Octorate's mode that an API client works in, as a badge. */
export function ApiClientEnvironmentBadge({ environment }: { environment: Environment }) {
  const t = useTranslations('apiClients')
  return <EnvironmentBadge kind={KINDS[environment]}>{t(`environment.${environment}`)}</EnvironmentBadge>
}

/** The same over a whole page, where a mistake would be dear. */
export function ApiClientEnvironmentStrip({ environment }: { environment: Environment }) {
  const t = useTranslations('apiClients')
  return (
    <EnvironmentStrip kind={KINDS[environment]} className="overflow-hidden rounded-lg">
      {t(`environmentStrip.${environment}`)}
    </EnvironmentStrip>
  )
}
