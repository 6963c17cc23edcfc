import { instantsInZone, offsetAt } from './zone-instants'

export interface UpstreamDate {
  /** Null when the value names no instant that can be told. */
  readonly instant: Date | null
  /** True when the instant is the most careful of several readings, or a sentinel stands in its place. */
  readonly flagged: boolean
}

const UNREADABLE: UpstreamDate = { instant: null, flagged: false }
const SENTINEL: UpstreamDate = { instant: null, flagged: true }
const EARLIEST_REAL_YEAR = 1900
const MINUTE_MS = 60_000
const HOME_ZONE = 'Europe/Rome'
const UTC_NAMES = new Set(['utc', 'gmt', 'z', 'zulu', 'ut', 'uct', 'etc/utc', 'etc/gmt', 'etc/uct', 'etc/zulu'])

const EPOCH_MS = /^\d{13}$/
const EPOCH_SECONDS = /^(\d{10})(?:\.(\d{1,9}))?$/
const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d\d(?::?\d\d)?)?((?:\[[^[\]]{1,64}\]){0,4})$/

/**
 * Reads a date as Octorate writes it (contract, "Errors", last paragraph): ISO 8601 with 0–9 fraction
 * digits (truncated to milliseconds) and a Java style zone suffix such as `[UTC]`; also JDBC text and
 * epoch numbers (13 digits are milliseconds, 10 are seconds). Where the text allows several instants
 * (no zone, or an offset that its zone contradicts) the earliest is taken and flagged, because a token
 * believed to die too early costs one refresh, and one believed to live too long fails a booking.
 * Never throws and never rolls over (`2020-02-30` is unreadable); independent of the process's time zone.
 */
export function parseUpstreamDate(value: unknown): UpstreamDate {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') return UNREADABLE
  return parseEpoch(text) ?? parseDateTime(text)
}

function parseEpoch(text: string): UpstreamDate | null {
  if (EPOCH_MS.test(text)) return exact(Number(text))
  const seconds = EPOCH_SECONDS.exec(text)
  return seconds ? exact(Number(seconds[1]) * 1000 + fractionToMs(seconds[2])) : null
}

function parseDateTime(text: string): UpstreamDate {
  const match = DATE_TIME.exec(text)
  if (!match) return UNREADABLE
  const local = localMs(match)
  const offset = match[8] === undefined ? null : parseOffset(match[8])
  const zone = parseSuffixes(match[9] ?? '')
  if (local === null || offset === 'invalid' || zone === 'refused') return UNREADABLE
  if (Number(match[1]) < EARLIEST_REAL_YEAR) return SENTINEL
  if (offset === null) return zone === null ? withoutZone(local) : inNamedZone(local, zone)
  const instant = local - offset
  return zone === null ? exact(instant) : reconcile(local, instant, zone)
}

function localMs(match: RegExpExecArray): number | null {
  const [year, month, day, hour, minute] = match.slice(1, 6).map(Number) as [number, number, number, number, number]
  const second = Number(match[6] ?? '0')
  if (hour > 23 || minute > 59 || second > 59) return null
  const midnight = new Date(0)
  midnight.setUTCFullYear(year, month - 1, day)
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return null
  return midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + fractionToMs(match[7])
}

function fractionToMs(digits: string | undefined): number {
  return Number((digits ?? '').padEnd(3, '0').slice(0, 3))
}

function parseOffset(text: string): number | 'invalid' {
  if (text === 'Z' || text === 'z') return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(3).replace(':', '') || '0')
  if (hours > 18 || minutes > 59) return 'invalid'
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS
}

/** The zone of RFC 9557 suffixes. Tags such as `[u-ca=iso8601]` move no instant; unknown critical ones refuse. */
function parseSuffixes(suffixes: string): string | null | 'refused' {
  let zone: string | null = null
  for (const [, critical, content] of suffixes.matchAll(/\[(!?)([^\]]*)\]/g)) {
    const text = content ?? ''
    const isTag = text.includes('=')
    if (!isTag && zone === null && text !== '') {
      zone = text
      if (critical && !UTC_NAMES.has(text.toLowerCase()) && zoneOffsets(0, text) === null) return 'refused'
    } else if (critical || !isTag) {
      return 'refused'
    }
  }
  return zone
}

function withoutZone(local: number): UpstreamDate {
  return earliest([local, ...(instantsInZone(local, HOME_ZONE) ?? [])])
}

function inNamedZone(local: number, zone: string): UpstreamDate {
  const instants = zoneOffsets(local, zone)
  if (instants === null) return withoutZone(local)
  const [only] = instants
  return instants.length === 1 && only !== undefined ? exact(only) : earliest(instants)
}

function reconcile(local: number, instant: number, zone: string): UpstreamDate {
  const instants = zoneOffsets(local, zone)
  if (instants === null) return { instant: new Date(instant), flagged: true }
  return agrees(local, instant, zone) ? exact(instant) : earliest([instant, ...instants])
}

function agrees(local: number, instant: number, zone: string): boolean {
  const fixed = fixedOffset(zone)
  return local - instant === (fixed ?? offsetAt(instant, zone))
}

/** Every instant that the local time may mean in the zone; null when the zone is unknown. */
function zoneOffsets(local: number, zone: string): number[] | null {
  const fixed = fixedOffset(zone)
  return fixed === null ? instantsInZone(local, zone) : [local - fixed]
}

function fixedOffset(zone: string): number | null {
  if (UTC_NAMES.has(zone.toLowerCase())) return 0
  const match = /^(?:UTC|GMT|UT)?([+-]\d\d(?::?\d\d)?)$/i.exec(zone)
  const offset = match?.[1] === undefined ? 'invalid' : parseOffset(match[1])
  return offset === 'invalid' ? null : offset
}

function exact(ms: number): UpstreamDate {
  return { instant: new Date(ms), flagged: false }
}

function earliest(candidates: readonly number[]): UpstreamDate {
  return { instant: new Date(Math.min(...candidates)), flagged: true }
}
