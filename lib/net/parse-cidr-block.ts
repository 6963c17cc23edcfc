import { cidrSize, cidrsOfRange, formatCidrBlock, networkOf, type CidrBlock } from './cidr-block'
import { parseIpv4, type Ipv4RefusalCode } from './parse-ipv4'
import { mappedIpv4, parseIpv6 } from './parse-ipv6'
import { findReserved, type ReservedCode } from './reserved-ranges'
import { trimBlanks } from './trim-blanks'

export type CidrRefusalCode =
  | Ipv4RefusalCode
  | 'bad_prefix'
  | 'bad_mask'
  | 'port'
  | 'wildcard'
  | 'range_form'
  | 'ipv6'
  | 'too_long'
export type CidrSuggestionCode = 'host_bits' | 'ipv4_mapped' | 'range_form' | 'bad_mask'

interface Readable {
  readonly block: CidrBlock
  /** The one text under which this block is stored and compared. */
  readonly canonical: string
  readonly addressCount: number
  /** Wider than /8: an owner types the network again before it counts. */
  readonly needsConfirmation: boolean
}

export type CidrResult =
  | (Readable & { readonly verdict: 'accept'; readonly code: 'ok' })
  /** Valid, yet a remote server never sees such a caller. */
  | (Readable & { readonly verdict: 'warn'; readonly code: ReservedCode })
  | (Readable & { readonly verdict: 'confirm'; readonly code: 'any' | 'wide' })
  /** Not taken as written; `suggestions` say what may have been meant. */
  | {
      readonly verdict: 'suggest'
      readonly code: CidrSuggestionCode
      readonly position: number
      readonly suggestions: readonly string[]
    }
  | {
      readonly verdict: 'refuse'
      readonly code: CidrRefusalCode
      readonly position: number
      /** Only where blanks around it are all that is wrong. */
      readonly suggestions?: readonly string[]
    }

const LONGEST_TEXT = 100
const WIDEST_UNCONFIRMED_PREFIX = 8
const MOST_SUGGESTIONS = 8
const PREFIX = /^(?:[0-9]|[12][0-9]|3[0-2])$/
const IPV6_CHARACTERS = /^[0-9A-Fa-f:.]+$/

/**
 * Reads one entry of an IPv4 list: an address or a network `a.b.c.d/n`. One strict rule for screens,
 * API and imports: ASCII only, nothing trimmed, nothing widened, host bits refused with the network
 * that was perhaps meant. Every refusal has a code and the index of the first wrong character.
 */
export function parseCidrBlock(text: string): CidrResult {
  if (text.length > LONGEST_TEXT) return refuse('too_long', LONGEST_TEXT)
  const result = parseOtherForms(text) ?? parseStrict(text)
  const meant = result.verdict === 'refuse' ? trimBlanks(text, ' \t\r\n') : text
  if (result.verdict !== 'refuse' || meant === text) return result
  const inner = parseCidrBlock(meant)
  return 'block' in inner ? { ...result, suggestions: [inner.canonical] } : result
}

function parseStrict(text: string): CidrResult {
  const slash = text.indexOf('/')
  const address = parseIpv4(slash < 0 ? text : text.slice(0, slash))
  if (!address.ok) return refuse(address.code, address.position)
  if (slash < 0) return judge({ network: address.value, prefixLength: 32 })
  const prefix = text.slice(slash + 1)
  if (!PREFIX.test(prefix)) return refusePrefix(address.value, prefix, slash + 1)
  const block = { network: networkOf(address.value, Number(prefix)), prefixLength: Number(prefix) }
  return block.network === address.value ? judge(block) : suggest('host_bits', slash + 1, [block])
}

function judge(block: CidrBlock): CidrResult {
  const readable: Readable = {
    block,
    canonical: formatCidrBlock(block),
    addressCount: cidrSize(block),
    needsConfirmation: block.prefixLength < WIDEST_UNCONFIRMED_PREFIX,
  }
  const reserved = findReserved(block)
  if (reserved) return { ...readable, verdict: 'warn', code: reserved }
  if (readable.needsConfirmation)
    return { ...readable, verdict: 'confirm', code: block.prefixLength === 0 ? 'any' : 'wide' }
  return { ...readable, verdict: 'accept', code: 'ok' }
}

/** A netmask such as `255.255.255.0` names one prefix and is offered as such; a wildcard mask is only refused. */
function refusePrefix(address: number, prefix: string, position: number): CidrResult {
  const mask = parseIpv4(prefix)
  if (!mask.ok) return refuse('bad_prefix', position)
  const hostCount = 2 ** 32 - mask.value
  const prefixLength = 32 - Math.log2(hostCount)
  if (mask.value === 0 || !Number.isInteger(prefixLength)) return refuse('bad_mask', position)
  return suggest('bad_mask', position, [{ network: networkOf(address, prefixLength), prefixLength }])
}

function parseOtherForms(text: string): CidrResult | null {
  const address = text.split('/', 1)[0] ?? ''
  const colons = address.split(':').length - 1
  if (colons >= 2 && IPV6_CHARACTERS.test(address)) return parseIpv6Form(text, address)
  if (colons === 1 && /^[0-9.]+:[0-9]*$/.test(text)) return refuse('port', text.indexOf(':'))
  if (/^[0-9.*]*\*[0-9.*]*$/.test(text)) return refuse('wildcard', text.indexOf('*'))
  return parseRange(text)
}

function parseIpv6Form(text: string, address: string): CidrResult {
  const groups = parseIpv6(address)
  const mapped = groups && mappedIpv4(groups)
  const prefix = text.length === address.length ? '128' : text.slice(address.length + 1)
  const prefixLength = /^[1-9][0-9]{1,2}$/.test(prefix) ? Number(prefix) - 96 : -1
  if (mapped === null || prefixLength < 1 || prefixLength > 32) return refuse('ipv6', 0)
  return suggest('ipv4_mapped', 0, [{ network: networkOf(mapped, prefixLength), prefixLength }])
}

function parseRange(text: string): CidrResult | null {
  const dash = text.indexOf('-')
  const first = dash > 0 ? parseIpv4(text.slice(0, dash)) : null
  if (!first?.ok || !/^[0-9]/.test(text.slice(dash + 1))) return null
  const last = parseIpv4(text.slice(dash + 1))
  if (!last.ok || last.value < first.value) return refuse('range_form', dash)
  const blocks = cidrsOfRange(first.value, last.value)
  return blocks.length > MOST_SUGGESTIONS ? refuse('range_form', dash) : suggest('range_form', dash, blocks)
}

function suggest(code: CidrSuggestionCode, position: number, blocks: readonly CidrBlock[]): CidrResult {
  return { verdict: 'suggest', code, position, suggestions: blocks.map(formatCidrBlock) }
}

function refuse(code: CidrRefusalCode, position: number): CidrResult {
  return { verdict: 'refuse', code, position }
}
