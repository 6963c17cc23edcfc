import { parseIpv4Range } from './ipv4-range'
import { looksReal } from './real-credentials'
import { redirectUriFault } from './redirect-uri'
import type { Seed } from './seed'

type Fields = Readonly<Record<string, (value: unknown) => boolean>>

const text = (value: unknown) => typeof value === 'string' && value !== ''
const number = (value: unknown) => typeof value === 'number' && Number.isFinite(value)
const digits = (value: unknown) => typeof value === 'string' && /^\d{1,18}$/.test(value)
const ids = (value: unknown) => Array.isArray(value) && value.every(digits)
const uris = (value: unknown) => Array.isArray(value) && value.every((each) => redirectUriFault(each, 'lenient') === undefined)

function isIpv4Range(value: unknown): boolean {
  try {
    return typeof value === 'string' && parseIpv4Range(value).prefix >= 0
  } catch {
    return false
  }
}

const shapes: Readonly<Record<keyof Seed, Fields>> = {
  legacyKeys: { key: text, accommodation: digits, clientId: text },
  apiClients: {
    clientId: text,
    clientSecret: text,
    name: text,
    environment: (value) => value === 'SANDBOX' || value === 'PRODUCTION',
    redirectUris: uris,
    addresses: (value) => value === undefined || (Array.isArray(value) && value.every(isIpv4Range)),
  },
  accommodations: {
    id: digits,
    name: (value) => typeof value === 'string',
    currency: text,
    timeZone: text,
    city: text,
    country: text,
    zip: text,
    latitude: number,
    longitude: number,
  },
  networks: { id: digits, name: text, root: digits, accommodations: ids },
  hoteliers: {
    username: text,
    password: text,
    name: text,
    email: text,
    accommodations: ids,
    network: (value) => value === undefined || digits(value),
  },
}

/** Reads a seed from untrusted JSON; throws TypeError naming the place that is wrong. */
export function parseSeed(value: unknown): Seed {
  assertSeed(value)
  const known = new Set(value.accommodations.map(({ id }) => id))
  const networks = new Set(value.networks.map(({ id }) => id))
  for (const { clientId, clientSecret } of value.apiClients) refuseReal(clientSecret, `API client ${clientId}`)
  for (const { id, root, accommodations } of value.networks) {
    if (!accommodations.includes(root)) throw new TypeError(`seed: network ${id} has a root that is not in it`)
    requireKnown(accommodations, known, `network ${id}`)
  }
  for (const { username, accommodations, network } of value.hoteliers) {
    requireKnown(accommodations, known, `hotelier ${username}`)
    if (network !== undefined) requireKnown([network], networks, `hotelier ${username}`)
  }
  return value
}

function assertSeed(value: unknown): asserts value is Seed {
  const parts = asRecord(value, 'seed')
  for (const [part, fields] of Object.entries(shapes)) {
    const list = parts[part]
    if (part === 'legacyKeys' && list === undefined) continue
    if (!Array.isArray(list)) throw new TypeError(`seed.${part}: expected a list`)
    list.forEach((item, index) => assertFields(item, fields, `seed.${part}[${index}]`))
  }
}

/** Throws TypeError when a record lacks a field, or holds one of the wrong kind. */
export function assertFields(item: unknown, fields: Fields, place: string): void {
  const record = asRecord(item, place)
  for (const [name, fits] of Object.entries(fields)) {
    if (!fits(record[name])) throw new TypeError(`${place}.${name}: missing or of the wrong kind`)
  }
}

/** Throws TypeError for a secret that has no business here; the message does not hold it. */
export function refuseReal(secret: string, place: string): void {
  if (looksReal(secret)) throw new TypeError(`${place}: this looks like a secret that Octorate issued. A sandbox protects nothing: make one up.`)
}

/** The shapes of the parts of a seed, for calls that add one item. */
export const seedShapes = shapes

function asRecord(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError(`${place}: expected an object`)
  return { ...value }
}

function requireKnown(ids: readonly string[], known: ReadonlySet<string>, place: string): void {
  const unknown = ids.find((id) => !known.has(id))
  if (unknown !== undefined) throw new TypeError(`seed: ${place} names ${unknown}, which is not in the seed`)
}
