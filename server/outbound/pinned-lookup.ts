import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { mayCall, type OutboundRules } from './check-address'
import { OutboundError } from './outbound-error'

export type ResolveAll = (name: string) => Promise<readonly LookupAddress[]>

/** All addresses of a name, as this machine resolves it. */
export const resolveAll: ResolveAll = (name) =>
  new Promise((resolve, reject) => {
    systemLookup(name, { all: true, verbatim: true }, (error, addresses) => (error ? reject(new OutboundError('name_unknown')) : resolve(addresses)))
  })

/**
 * The look-up of a connection: the very address that was checked is the one that is connected to, so that a name that
 * answers otherwise a moment later gains nothing. A name of which one address is refused is refused whole.
 */
export function pinnedLookup(rules: OutboundRules, resolve: ResolveAll = resolveAll): LookupFunction {
  const checked = async (name: string) => {
    try {
      const all = await resolve(name)
      const [first] = all
      if (!first) return new OutboundError('name_unknown')
      return all.every(({ address }) => mayCall(address, rules)) ? { all, first } : new OutboundError('address_refused')
    } catch {
      return new OutboundError('name_unknown')
    }
  }
  const answer = async (...[name, options, callback]: Parameters<LookupFunction>) => {
    const found = await checked(name)
    if (found instanceof Error) callback(found, '', 4)
    else if (options.all) callback(null, [...found.all])
    else callback(null, found.first.address, found.first.family)
  }
  return (...given) => void answer(...given)
}
