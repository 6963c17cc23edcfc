import type { Strategy } from './api-clients'
import type { ApiConfigurationDetail } from './api-configuration'

type Permissions = ApiConfigurationDetail['permissions']
type Verdict = 'enough' | 'missing' | 'unknown'

export const STATUS_OF_VERDICT = { enough: 'pass', missing: 'fail', unknown: 'warn' } as const satisfies Record<Verdict, string>

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
