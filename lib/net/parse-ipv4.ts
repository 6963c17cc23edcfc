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
const [DOT, ZERO, NINE] = [46, 48, 57]

/**
 * Reads four decimal octets in ASCII digits, 0–255 each, without leading zeros, into an unsigned
 * 32-bit number. Nothing else is an IPv4 address here: no blanks, no short forms, no octal or hex
 * (contract, "Case 3: IP address authentication"). Linear time; never throws.
 */
export function parseIpv4(text: string): Ipv4Result {
  const value = scanIpv4(text)
  return value < 0 ? findFault(text) : { ok: true, value }
}

/**
 * The same without a word about what is wrong: an unsigned 32-bit number, or -1. It makes nothing that would have to be
 * collected, because a list that guards is asked at every request.
 */
export function scanIpv4(text: string): number {
  let value = 0
  let octet = 0
  let digits = 0
  let dots = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code >= ZERO && code <= NINE) {
      if (digits > 0 && octet === 0) return -1
      octet = octet * 10 + code - ZERO
      digits += 1
      if (octet > 255) return -1
    } else {
      if (code !== DOT || digits === 0 || dots === OCTETS - 1) return -1
      value = value * 256 + octet
      octet = 0
      digits = 0
      dots += 1
    }
  }
  return dots === OCTETS - 1 && digits > 0 ? value * 256 + octet : -1
}

function findFault(text: string): Ipv4Refusal {
  if (text === '') return refuse('empty', 0)
  const wrong = text.search(NOT_ALLOWED)
  if (wrong >= 0) return refuse('bad_char', wrong)
  const octets = text.split('.')
  if (octets.length === OCTETS + 1 && octets[OCTETS] === '' && !octets.slice(0, OCTETS).includes('')) {
    return refuse('trailing_dot', text.length - 1)
  }
  if (octets.length !== OCTETS || octets.includes('')) return refuse('not_four_octets', countFault(octets))
  return octetFault(octets)
}

/** Writes an unsigned 32-bit number as four decimal octets. */
export function formatIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')
}

function octetFault(octets: readonly string[]): Ipv4Refusal {
  const isTooLarge = (octet: string) => octet.length > 3 || Number(octet) > 255
  const zero = octets.findIndex((octet) => octet.length > 1 && octet.startsWith('0'))
  const [code, wrong] = zero < 0 ? (['octet_range', octets.findIndex(isTooLarge)] as const) : (['leading_zero', zero] as const)
  return refuse(code, octets.slice(0, wrong).join('.').length + (wrong === 0 ? 0 : 1))
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
