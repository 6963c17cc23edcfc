import type { CidrBlock } from './cidr-block'
import { cidrContains } from './cidr-contains'
import { parseIpAddress, type IpAddress } from './parse-ip-address'

export type UnresolvedReason = 'bad_peer' | 'malformed_entry' | 'too_long' | 'too_many_entries'
export type ClientAddress = { readonly address: string } | { readonly unresolved: UnresolvedReason }

interface ClientAddressInput {
  /** The socket's remote address. */
  readonly peer: string
  /** The `X-Forwarded-For` header lines in the order of their arrival. */
  readonly forwardedFor: readonly string[] | string | undefined
  readonly trustedProxies: readonly CidrBlock[]
}

const MOST_ENTRIES = 64
const LONGEST_HEADER = 4_096
const BRACKETED = /^\[([^\]]*)\](?::[0-9]{1,5})?$/

/**
 * Tells who calls: the socket's peer, or, when that is one of our proxies, the first address from the
 * right of `X-Forwarded-For` that is not. An entry that is no address ends the walk as unresolved:
 * what stands left of it was written by strangers. Callers treat unresolved as "deny".
 * Addresses are canonical; IPv4-mapped IPv6 ones are given as IPv4. Work is bounded; never throws.
 */
export function resolveClientAddress({ peer, forwardedFor, trustedProxies }: ClientAddressInput): ClientAddress {
  const peerAddress = parsePeer(peer)
  if (!peerAddress) return { unresolved: 'bad_peer' }
  if (!isTrusted(peerAddress, trustedProxies)) return { address: peerAddress.canonical }
  const lines = typeof forwardedFor === 'string' ? [forwardedFor] : (forwardedFor ?? [])
  if (lines.reduce((length, line) => length + line.length + 1, 0) > LONGEST_HEADER) return { unresolved: 'too_long' }
  const header = lines.join(',')
  return trimBlanks(header) === '' ? { address: peerAddress.canonical } : walk(header.split(','), trustedProxies)
}

function walk(entries: readonly string[], trustedProxies: readonly CidrBlock[]): ClientAddress {
  if (entries.length > MOST_ENTRIES) return { unresolved: 'too_many_entries' }
  let leftmost: ClientAddress = { unresolved: 'malformed_entry' }
  for (const entry of entries.toReversed()) {
    const address = parseEntry(trimBlanks(entry))
    if (!address) return { unresolved: 'malformed_entry' }
    leftmost = { address: address.canonical }
    if (!isTrusted(address, trustedProxies)) return leftmost
  }
  return leftmost
}

function parsePeer(peer: string): IpAddress | null {
  const zone = peer.includes(':') ? peer.indexOf('%') : -1
  const result = parseIpAddress(zone < 0 ? peer : peer.slice(0, zone))
  return result.ok ? result.address : null
}

/** Brackets belong to IPv6 alone, and only inside them is a port told from the address. */
function parseEntry(entry: string): IpAddress | null {
  const bracketed = BRACKETED.exec(entry)?.[1]
  if (bracketed !== undefined && !bracketed.includes(':')) return null
  const result = parseIpAddress(bracketed ?? entry)
  return result.ok ? result.address : null
}

function isTrusted(address: IpAddress, trustedProxies: readonly CidrBlock[]): boolean {
  return trustedProxies.some((block) => cidrContains(block, address))
}

/** A loop, because a pattern such as `[ \t]+$` takes quadratic time on a long run of blanks. */
function trimBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text[start])) start += 1
  while (end > start && isBlank(text[end - 1])) end -= 1
  return text.slice(start, end)
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}
