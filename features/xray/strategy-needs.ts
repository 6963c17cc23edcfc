import type { Strategy } from '@/contracts/api-clients'
import type { ApiConfigurationDetail } from '@/contracts/api-configuration'

type Permissions = ApiConfigurationDetail['permissions']
type Verdict = 'enough' | 'missing' | 'unknown'

/**
 * Whether the contract with Octorate includes what a strategy cannot do without (contract, "Four integration strategies"):
 * properties are read after each consent, and written where new ones are created. What an integration does beyond that,
 * only its own people know.
 */
export function strategyVerdict(strategy: Strategy, permissions: Permissions): Verdict {
  const level = permissions.find(({ name }) => name === 'property')?.level ?? null
  if (level === null) return 'unknown'
  if (strategy === 'new_properties') return level === 'READWRITE' ? 'enough' : 'missing'
  return level === 'NONE' ? 'missing' : 'enough'
}
