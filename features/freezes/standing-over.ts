import type { Freeze } from '@/contracts/freezes'

/** A connection, or an API client, as far as a freeze asks for it. */
export interface Thing {
  readonly ids: readonly string[]
  readonly environment: 'SANDBOX' | 'PRODUCTION'
}

/** The freezes that stand over a thing: its own, its API client's, the organization's. A drill's stands over sandbox mode alone. */
export function standingOver(freezes: readonly Freeze[], { ids, environment }: Thing): Freeze[] {
  return freezes.filter(
    ({ target, onlySandbox }) => (target.kind === 'organization' || ids.includes(target.id)) && (!onlySandbox || environment === 'SANDBOX'),
  )
}
