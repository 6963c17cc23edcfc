export type Ipv4RefusalCode = 'empty' | 'bad_char' | 'not_four_octets' | 'trailing_dot' | 'leading_zero' | 'octet_range'

export interface Ipv4Refusal {
  readonly ok: false
  readonly code: Ipv4RefusalCode
  /** Index of the first character that is wrong; the text's length when something is missing at its end. */
  readonly position: number
}

export type Ipv4Result = { readonly ok: true; readonly value: number } | Ipv4Refusal

const NOT_ALLOWED = /[^0-9.]/
const OCTETS = 4

/**
 * Reads four decimal octets in ASCII digits, 0–255 each, without leading zeros, into an unsigned
 * 32-bit number. Nothing else is an IPv4 address here: no blanks, no short forms, no octal or hex
 * (contract, "Case 3: IP address authentication"). Linear time; never throws.
 */
export function parseIpv4(text: string): Ipv4Result {
  if (text === '') return refuse('empty', 0)
  const wrong = text.search(NOT_ALLOWED)
  if (wrong >= 0) return refuse('bad_char', wrong)
  const octets = text.split('.')
  if (octets.length === OCTETS + 1 && octets[OCTETS] === '' && !octets.slice(0, OCTETS).includes('')) {
    return refuse('trailing_dot', text.length - 1)
  }
  return octets.length === OCTETS && !octets.includes('')
    ? readOctets(octets)
    : refuse('not_four_octets', countFault(octets))
}

/** Writes an unsigned 32-bit number as four decimal octets. */
export function formatIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')
}

function readOctets(octets: readonly string[]): Ipv4Result {
  let position = 0
  for (const octet of octets) {
    if (octet.length > 1 && octet.startsWith('0')) return refuse('leading_zero', position)
    position += octet.length + 1
  }
  position = 0
  let value = 0
  for (const octet of octets) {
    if (octet.length > 3 || Number(octet) > 255) return refuse('octet_range', position)
    value = value * 256 + Number(octet)
    position += octet.length + 1
  }
  return { ok: true, value }
}

function countFault(octets: readonly string[]): number {
  let position = 0
  for (const [index, octet] of octets.entries()) {
    if (octet === '' || index === OCTETS) return position
    position += octet.length + 1
  }
  return position - 1
}

function refuse(code: Ipv4RefusalCode, position: number): Ipv4Refusal {
  return { ok: false, code, position }
}
