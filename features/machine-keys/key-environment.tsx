import { useTranslations } from 'use-intl'
import { EnvironmentBadge } from '@/components/environment-badge'
import type { Environment } from '@/contracts/api-clients'

const KINDS = { PRODUCTION: 'live', SANDBOX: 'test' } as const satisfies Record<Environment, 'live' | 'test'>

/** Which connections a key reaches. */
export function KeyEnvironmentBadge({ environment }: { environment: Environment }) {
  const t = useTranslations('machineKeys')
  return <EnvironmentBadge kind={KINDS[environment]}>{t(`environment.${environment}`)}</EnvironmentBadge>
}
