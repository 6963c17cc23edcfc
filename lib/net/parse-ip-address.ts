import { formatIpv4, parseIpv4, type Ipv4RefusalCode } from './parse-ipv4'
import { formatIpv6, mappedIpv4, parseIpv6 } from './parse-ipv6'

export type IpAddress =
  | { readonly version: 4; readonly value: number; readonly canonical: string }
  | { readonly version: 6; readonly canonical: string }

export type IpAddressResult =
  | { readonly ok: true; readonly address: IpAddress }
  | { readonly ok: false; readonly code: Ipv4RefusalCode | 'bad_ipv6'; readonly position: number }

/**
 * Reads one IP address without port, brackets or zone. An IPv4-mapped IPv6 address becomes the IPv4
 * address that it stands for, so that a list written in IPv4 meets it. Never throws.
 */
export function parseIpAddress(text: string): IpAddressResult {
  if (text.includes(':')) return parseColonForm(text)
  const result = parseIpv4(text)
  return result.ok ? { ok: true, address: fromIpv4(result.value) } : result
}

function parseColonForm(text: string): IpAddressResult {
  const groups = parseIpv6(text)
  if (!groups) return { ok: false, code: 'bad_ipv6', position: 0 }
  const mapped = mappedIpv4(groups)
  if (mapped !== null) return { ok: true, address: fromIpv4(mapped) }
  return { ok: true, address: { version: 6, canonical: formatIpv6(groups) } }
}

function fromIpv4(value: number): IpAddress {
  return { version: 4, value, canonical: formatIpv4(value) }
}
