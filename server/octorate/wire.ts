import { z } from 'zod'
import { parseStrictJson } from '@/lib/oauth/strict-json'
import type { AuthorizationCode, ClientSecret, RefreshToken } from '@/server/crypto/tokens'
import type { ApiConfiguration, ConfigurationChange } from './api-configuration'
import { maskSecret, maskText } from './mask-text'
import type { Property } from './property'
import type { FormField } from './upstream-request'

/*
 * Octorate's spelling, in both directions. It does not leave this file: what goes out is in our words.
 */

export interface ApiClientCredentials {
  readonly clientId: string
  readonly clientSecret: ClientSecret
}

/** `grant_type` is `code`, not OAuth's `authorization_code` (contract, "Case 1: consent flow"). */
export function codeExchangeForm(
  { clientId, clientSecret }: ApiClientCredentials,
  redirectUri: string,
  code: AuthorizationCode,
): FormField[] {
  return [
    ['client_id', clientId],
    ['client_secret', clientSecret],
    ['redirect_uri', redirectUri],
    ['grant_type', 'code'],
    ['code', code],
  ]
}

/** There is no `grant_type` here (contract, "Refresh"). */
export function refreshForm({ clientId, clientSecret }: ApiClientCredentials, refreshToken: RefreshToken): FormField[] {
  return [
    ['client_id', clientId],
    ['client_secret', clientSecret],
    ['refresh_token', refreshToken],
  ]
}

/** The old key itself goes in a header (contract, "Migration of old keys"). */
export function migrateForm(propertyId: string): FormField[] {
  return [['accommodation', propertyId]]
}

export function apiLoginForm({ clientId, clientSecret }: ApiClientCredentials): FormField[] {
  return [
    ['client_id', clientId],
    ['client_secret', clientSecret],
  ]
}

export interface ApiError {
  readonly type: string | null
  readonly message: string | null
  readonly machineName: string | null
  readonly humanName: string | null
  readonly element: string | null
  readonly suggestion: string | null
  readonly nested: readonly ApiError[]
}

const MOST_NESTED = 20
const text = z.string().nullable().catch(null)
const scalarText = z
  .union([z.string(), z.number().transform(String)])
  .nullable()
  .catch(null)
const truth = z.boolean().nullable().catch(null)

/** Reads an error body leniently, whatever its content type: ApiError, or OAuth's `error`. Null when it is neither. */
export function readApiError(body: string): ApiError | null {
  const json = parseStrictJson(body)
  return json.ok && typeof json.value === 'object' && json.value !== null && !Array.isArray(json.value)
    ? toApiError(json.value, true)
    : null
}

function toApiError(value: object, withNested: boolean): ApiError {
  const wire = value as Readonly<Record<string, unknown>>
  const nested = withNested && Array.isArray(wire['nested']) ? wire['nested'].slice(0, MOST_NESTED) : []
  return {
    type: text.parse(wire['type'] ?? wire['error']),
    message: text.parse(wire['message'] ?? wire['error_description']),
    machineName: text.parse(wire['machine_name'] ?? wire['machineName']),
    humanName: text.parse(wire['human_name'] ?? wire['humanName']),
    element: text.parse(wire['element']),
    suggestion: text.parse(wire['suggestion']),
    nested: nested
      .filter((each) => typeof each === 'object' && each !== null)
      .map((each: object) => toApiError(each, false)),
  }
}

const permission = z.enum(['NONE', 'READONLY', 'READWRITE']).nullable().catch(null)

/** What we could act on wrongly is strict (environment, redirect URIs); the rest is only shown and becomes null. */
export const configurationSchema = z
  .looseObject({
    environment: z.enum(['SANDBOX', 'PRODUCTION']).nullish(),
    redirectUri: z.array(z.string()).nullish(),
    category: text,
    icon: text,
    secretVisibility: truth,
    applicationName: text,
    description: z.record(z.string(), z.string()).nullable().catch(null),
    active: truth,
    authMethod: scalarText,
    authorizationPages: z.array(z.string()).nullable().catch(null),
    quotaLimit: z.number().nullable().catch(null),
    quotaStatus: scalarText,
    maintenance: truth,
    configName: text,
    uniqueId: scalarText,
    buildNumber: scalarText,
    fiscalVersion: scalarText,
    reseller: z.record(z.string(), z.unknown()).nullable().catch(null),
    permissions: z
      .object({
        accommodation: permission,
        license: permission,
        cardDetail: permission,
        content: permission,
        reservation: permission,
      })
      .nullable()
      .catch(null),
  })
  .transform(
    (wire): ApiConfiguration => ({
      environment: wire.environment ?? null,
      redirectUris: wire.redirectUri === undefined ? null : (wire.redirectUri ?? []),
      category: wire.category,
      iconName: wire.icon,
      listedToAllUsers: wire.secretVisibility,
      applicationName: wire.applicationName,
      descriptions: wire.description ?? {},
      active: wire.active,
      authMethod: wire.authMethod,
      authorizationPages: wire.authorizationPages ?? [],
      quotaLimit: wire.quotaLimit,
      quotaStatus: wire.quotaStatus,
      maintenance: wire.maintenance,
      configName: wire.configName,
      uniqueId: wire.uniqueId,
      buildNumber: wire.buildNumber,
      fiscalVersion: wire.fiscalVersion,
      reseller: toTexts(Object.entries(wire.reseller ?? {})),
      unknown: toTexts(Object.entries(wire).filter(([name]) => !KNOWN_FIELDS.has(name))),
      permissions: {
        property: wire.permissions?.accommodation ?? null,
        license: wire.permissions?.license ?? null,
        cardDetail: wire.permissions?.cardDetail ?? null,
        content: wire.permissions?.content ?? null,
        reservation: wire.permissions?.reservation ?? null,
      },
    }),
  )

const KNOWN_FIELDS = new Set([
  'environment', 'redirectUri', 'category', 'icon', 'secretVisibility', 'applicationName', 'description', 'active', 'authMethod',
  'authorizationPages', 'quotaLimit', 'quotaStatus', 'maintenance', 'configName', 'uniqueId', 'buildNumber', 'fiscalVersion', 'reseller',
  'permissions',
])
const MOST_FIELDS = 50

/** What nobody knows the meaning of is only ever shown: masked and cut. */
function toTexts(entries: readonly (readonly [string, unknown])[]): Record<string, string> {
  return Object.fromEntries(
    entries.slice(0, MOST_FIELDS).map(([name, value]) => [maskText(name, { maxCharacters: 80 }), toText(name, value)]),
  )
}

function toText(name: string, value: unknown): string {
  if (SECRET_NAME.test(name)) return maskSecret('')
  return maskText(typeof value === 'string' ? value : JSON.stringify(value), { maxCharacters: 500 })
}

const SECRET_NAME = /token|secret|passw|credential|key/i

/** Only what the change names is sent: Octorate leaves the rest alone, and `redirectUri` replaces its whole list. */
export function toConfigurationPatch(change: ConfigurationChange): Record<string, unknown> {
  const all = {
    environment: change.environment,
    redirectUri: change.redirectUris,
    category: change.category,
    icon: change.iconUrl,
    secretVisibility: change.listedToAllUsers,
    applicationName: change.applicationName,
    description: change.descriptions,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

const id = z.union([
  z.string().regex(/^[\x21-\x7e]{1,64}$/),
  z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).transform(String),
])
const optionalId = id.nullable().catch(null)
const place = z.object({ city: text, country: text, isoCountry: text }).nullable().catch(null)

const accommodationSchema = z
  .object({
    id,
    name: text,
    currency: text,
    timeZone: text,
    city: text,
    country: text,
    isoCountry: text,
    location: place,
    contact: place,
    sandboxProperty: truth,
    networkInfo: z
      .object({ accessNetwork: optionalId, accessRoot: optionalId, accessEnabled: truth })
      .nullable()
      .catch(null),
  })
  .transform(
    (wire): Property => ({
      upstreamId: wire.id,
      name: wire.name ?? wire.id,
      city: firstText([wire.location?.city, wire.contact?.city, wire.city]),
      country: firstText([wire.location, wire.contact, wire].flatMap((each) => [each?.country, each?.isoCountry])),
      currency: wire.currency,
      timeZone: wire.timeZone,
      sandboxProperty: wire.sandboxProperty ?? false,
      network: {
        id: wire.networkInfo?.accessNetwork ?? null,
        root: wire.networkInfo?.accessRoot ?? null,
        enabled: wire.networkInfo?.accessEnabled ?? null,
      },
    }),
  )

/** A list, bare or in `data`. One property that cannot be read refuses all: a list that shrinks silently misleads. */
export const accommodationsSchema = z.preprocess(
  (json) => (isObject(json) && 'data' in json ? json['data'] : json),
  z.array(accommodationSchema),
)

/** The person who consented. */
export const userInfoSchema = z
  .object({ name: text, email: text, username: text })
  .refine(({ name, email, username }) => [name, email, username].some((each) => each))

function firstText(values: ReadonlyArray<string | null | undefined>): string | null {
  return values.find((value) => value !== null && value !== undefined && value !== '') ?? null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
