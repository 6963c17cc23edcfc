import type { CidrBlock } from './cidr-block'
import { cidrContains } from './cidr-contains'
import { parseIpAddress, type IpAddress } from './parse-ip-address'
import { trimBlanks } from './trim-blanks'

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

export type HopReason = 'trusted' | 'first_stranger' | 'leftmost' | 'no_header' | 'malformed' | 'not_believed'

/** One station of a request's way: who is on our socket, or whom the header names. */
export interface Hop {
  readonly text: string
  readonly from: 'socket' | 'header'
  /** Canonical; null when it is no address. */
  readonly address: string | null
  readonly isTrusted: boolean
  readonly counts: boolean
  readonly reason: HopReason
}

export interface ExplainedAddress {
  readonly found: ClientAddress
  /** The nearest first. A header that was too long to be read has none. */
  readonly hops: readonly Hop[]
}

/**
 * Tells who calls: the socket's peer, or, when that is one of our proxies, the first address from the
 * right of `X-Forwarded-For` that is not. An entry that is no address ends the walk as unresolved:
 * what stands left of it was written by strangers. Callers treat unresolved as "deny".
 * Addresses are canonical; IPv4-mapped IPv6 ones are given as IPv4. Work is bounded; never throws.
 */
export function resolveClientAddress(input: ClientAddressInput): ClientAddress {
  return explainClientAddress(input).found
}

/** The same with every station of the way, and why it counts or does not. */
export function explainClientAddress({ peer, forwardedFor, trustedProxies }: ClientAddressInput): ExplainedAddress {
  const address = parsePeer(peer)
  const isTrusted = address !== null && isProxy(address, trustedProxies)
  const socket = { text: peer, from: 'socket', address: address?.canonical ?? null, isTrusted } as const
  const lines = typeof forwardedFor === 'string' ? [forwardedFor] : (forwardedFor ?? [])
  const isTooLong = lines.reduce((length, line) => length + line.length + 1, 0) > LONGEST_HEADER
  const header = isTooLong ? '' : lines.join(',')
  const entries = trimBlanks(header) === '' ? [] : header.split(',').toReversed().map((entry) => trimBlanks(entry))
  const shown = entries.slice(0, MOST_ENTRIES)
  if (!address) return { found: { unresolved: 'bad_peer' }, hops: [{ ...socket, counts: false, reason: 'malformed' }, ...shown.map(notBelieved)] }
  if (!isTrusted) {
    return { found: { address: address.canonical }, hops: [{ ...socket, counts: true, reason: 'first_stranger' }, ...shown.map(notBelieved)] }
  }
  const trusted: Hop = { ...socket, counts: false, reason: 'trusted' }
  if (isTooLong) return { found: { unresolved: 'too_long' }, hops: [trusted] }
  if (entries.length === 0) return { found: { address: address.canonical }, hops: [{ ...socket, counts: true, reason: 'no_header' }] }
  if (entries.length > MOST_ENTRIES) return { found: { unresolved: 'too_many_entries' }, hops: [trusted, ...shown.map(notBelieved)] }
  const { found, hops } = walk(entries, trustedProxies)
  return { found, hops: [trusted, ...hops] }
}

/** @param entries from right to left */
function walk(entries: readonly string[], trustedProxies: readonly CidrBlock[]): ExplainedAddress {
  const hops: Hop[] = []
  for (const [index, text] of entries.entries()) {
    const address = parseEntry(text)
    const isTrusted = address !== null && isProxy(address, trustedProxies)
    const isLast = index === entries.length - 1
    const counts = address !== null && (!isTrusted || isLast)
    const reason = !address ? 'malformed' : !isTrusted ? 'first_stranger' : isLast ? 'leftmost' : 'trusted'
    hops.push({ text, from: 'header', address: address?.canonical ?? null, isTrusted, counts, reason })
    if (address && !counts) continue
    hops.push(...entries.slice(index + 1).map(notBelieved))
    return { found: address ? { address: address.canonical } : { unresolved: 'malformed_entry' }, hops }
  }
  return { found: { unresolved: 'malformed_entry' }, hops }
}

function notBelieved(text: string): Hop {
  return { text, from: 'header', address: parseEntry(text)?.canonical ?? null, isTrusted: false, counts: false, reason: 'not_believed' }
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

function isProxy(address: IpAddress, trustedProxies: readonly CidrBlock[]): boolean {
  return trustedProxies.some((block) => cidrContains(block, address))
}
