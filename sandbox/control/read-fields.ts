import type { NewApiClient } from './api-client-control'
import type { ConsentRequest } from './consent-control'
import type { FaultRule } from './fault-rules'
import type { GrantFilter } from './grant-control'
import { parseSeed } from '../models/parse-seed'
import type { LegacyKey, Seed } from '../models/seed'

type Kind = 'string' | 'number' | 'boolean' | 'strings'

/** A JSON object; throws TypeError otherwise. */
export function object(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new TypeError('expected a JSON object')
  return { ...body }
}

export function text(body: unknown, name: string): string {
  const value = object(body)[name]
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name}: expected a text`)
  return value
}

export function optionalText(body: unknown, name: string): string | undefined {
  return object(body)[name] === undefined ? undefined : text(body, name)
}

export function texts(body: unknown, name: string): readonly string[] {
  const value: unknown = object(body)[name]
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) throw new TypeError(`${name}: expected a list of texts`)
  return value
}

export function wholeNumber(body: unknown, name: string): number {
  const value = object(body)[name]
  if (!Number.isSafeInteger(value)) throw new TypeError(`${name}: expected a whole number`)
  return Number(value)
}

/** Epoch milliseconds, from a number or an ISO 8601 text. */
export function instant(body: unknown, name: string): number {
  const value = object(body)[name]
  const at = typeof value === 'string' ? Date.parse(value) : value
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || Math.abs(at) > 8.64e15) throw new TypeError(`${name}: expected an instant`)
  return at
}

/** The seed to reset to, when the body has one. */
export function seed(body: unknown): Seed | undefined {
  const given = object(body).seed
  return given === undefined ? undefined : parseSeed(given)
}

export function since(query: URLSearchParams): number {
  const given = query.get('since') ?? '0'
  if (!/^\d{1,15}$/.test(given)) throw new TypeError('since: expected a whole number')
  return Number(given)
}

export function consentRequest(body: unknown): ConsentRequest {
  const fields = object(body)
  require(fields, { clientId: 'string', redirectUri: 'string', username: 'string' })
  allow(fields, { state: 'string', properties: 'strings', network: 'boolean', approve: 'boolean' })
  return fields as ConsentRequest
}

export function grantFilter(body: unknown): GrantFilter {
  const fields = object(body)
  allow(fields, { clientId: 'string', accommodation: 'string', refreshToken: 'string', grant: 'number' })
  const unknown = Object.keys(fields).find((name) => !['clientId', 'accommodation', 'refreshToken', 'grant'].includes(name))
  if (unknown !== undefined) throw new TypeError(`${unknown}: there is no such filter`)
  return fields
}

export function faultRule(body: unknown): FaultRule {
  const fields = object(body)
  require(fields, { endpoint: 'string', kind: 'string' })
  return fields as FaultRule
}

export function legacyKey(body: unknown): LegacyKey {
  const fields = object(body)
  return { key: text(fields, 'key'), accommodation: text(fields, 'accommodation'), clientId: text(fields, 'clientId') }
}

export function newApiClient(body: unknown): NewApiClient {
  const fields = object(body)
  require(fields, { clientId: 'string', clientSecret: 'string' })
  return fields as NewApiClient
}

function require(fields: Record<string, unknown>, kinds: Readonly<Record<string, Kind>>): void {
  const missing = Object.keys(kinds).find((name) => fields[name] === undefined)
  if (missing !== undefined) throw new TypeError(`${missing}: missing`)
  allow(fields, kinds)
}

function allow(fields: Record<string, unknown>, kinds: Readonly<Record<string, Kind>>): void {
  for (const [name, kind] of Object.entries(kinds)) {
    const value = fields[name]
    if (value === undefined) continue
    const fits = kind === 'strings' ? Array.isArray(value) && value.every((each) => typeof each === 'string') : typeof value === kind
    if (!fits) throw new TypeError(`${name}: expected ${kind === 'strings' ? 'a list of texts' : `a ${kind}`}`)
  }
}
