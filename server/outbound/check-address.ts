import { isLoopbackHost } from '@/lib/net/is-loopback-host'
import { isPublicAddress } from '@/lib/net/is-public-address'
import { OutboundError } from './outbound-error'

export interface OutboundRules {
  /** Whether this machine itself may be called, over plain http too: for development only. */
  readonly mayReachLoopback: boolean
}

const LONGEST = 2_000

/**
 * What an address must be before a name is looked up: https, without user and fragment, and where it is an IP address a
 * public one. Its host is read as the client will read it, so that no other spelling of 127.0.0.1 gets past.
 *
 * @throws OutboundError `not_https`, `address_refused`
 */
export function checkOutboundUrl(address: string, { mayReachLoopback }: OutboundRules): URL {
  if (address.length > LONGEST || !URL.canParse(address)) throw new OutboundError('address_refused')
  const url = new URL(address)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isOwnMachine = mayReachLoopback && isLoopbackHost(host)
  if (url.protocol !== 'https:' && !(isOwnMachine && url.protocol === 'http:')) throw new OutboundError('not_https')
  if (url.username || url.password || url.hash || host === '') throw new OutboundError('address_refused')
  const isLiteral = host.includes(':') || /^\d+(?:\.\d+){3}$/.test(host)
  if (isLiteral && !isOwnMachine && !isPublicAddress(host)) throw new OutboundError('address_refused')
  if (!isLiteral && !isOwnMachine && (!host.includes('.') || /(^|\.)localhost\.?$/.test(host))) throw new OutboundError('address_refused')
  return url
}

/** Whether a name may be called at an address that it was just resolved to. */
export function mayCall(address: string, { mayReachLoopback }: OutboundRules): boolean {
  return isPublicAddress(address) || (mayReachLoopback && isLoopbackHost(address))
}
