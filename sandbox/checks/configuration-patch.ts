import { apiError } from '../http/answers'
import type { Answer, Exchange } from '../http/exchange'
import { note } from '../lint/note'
import { categories, writableFields, type ApiConfiguration } from '../models/api-client'
import { redirectUriFault } from '../models/redirect-uri'

type Fault = { readonly element: string; readonly message: string }
type Validate = (value: unknown, exchange: Exchange) => Fault | undefined

const validators: Readonly<Record<(typeof writableFields)[number], Validate>> = {
  environment: (value) => unless(value === 'SANDBOX' || value === 'PRODUCTION', 'environment', 'must be SANDBOX or PRODUCTION'),
  category: (value) =>
    unless(value === null || categories.some((each) => each === value), 'category', `must be one of ${categories.join(', ')}`),
  icon: (value) => unless(value === null || (typeof value === 'string' && URL.canParse(value)), 'icon', 'must be a URL'),
  secretVisibility: (value) => unless(typeof value === 'boolean', 'secretVisibility', 'must be true or false'),
  applicationName: (value) => unless(typeof value === 'string' && value !== '', 'applicationName', 'must be a text'),
  description: (value) => unless(isDescription(value), 'description', 'must map upper-case language codes to texts'),
  redirectUri: validateRedirectUris,
}

/**
 * Reads the body of PATCH configuration: any subset of the writable fields; the list of redirect URIs replaces the
 * whole list and null clears it (API description, API configuration). Fields that are read-only or unknown are
 * ignored with a lint note, and refused in strict mode.
 */
export function parseConfigurationPatch(exchange: Exchange, body: object): Partial<ApiConfiguration> | Answer {
  const strict = exchange.world.state.settings.mode === 'strict'
  const changes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(body)) {
    const field = writableFields.find((each) => each === name)
    if (!field) {
      note(exchange, 'configuration-read-only', name)
      if (strict) return invalid({ element: name, message: 'is not writable' })
      continue
    }
    const fault = validators[field](value, exchange)
    if (fault) return invalid(fault)
    changes[field] = stored(field, value)
  }
  return changes
}

function stored(field: (typeof writableFields)[number], value: unknown): unknown {
  if (field === 'redirectUri') return value ?? []
  if (field === 'icon' && typeof value === 'string') return new URL(value).pathname.split('/').at(-1) || 'icon'
  return value
}

function validateRedirectUris(value: unknown, exchange: Exchange): Fault | undefined {
  if (value === null) return undefined
  if (!Array.isArray(value)) return { element: 'redirectUri', message: 'must be a list of URLs, or null' }
  const { mode } = exchange.world.state.settings
  for (const [index, each] of value.entries()) {
    const fault = redirectUriFault(each, mode)
    if (fault) return { element: `redirectUri[${index}]`, message: fault }
    if (String(each).startsWith('http:')) note(exchange, 'redirect-uri-plain')
  }
  return undefined
}

function unless(holds: boolean, element: string, message: string): Fault | undefined {
  return holds ? undefined : { element, message }
}

function isDescription(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.entries(value).every(([language, text]) => /^[A-Z]{2}$/.test(language) && typeof text === 'string')
}

function invalid({ element, message }: Fault): Answer {
  return apiError(400, { type: 'ApiValidationFailed', message: `${element} ${message}`, element: `$.${element}` })
}
