import { apiError } from '../http/answers'
import type { Answer, Exchange } from '../http/exchange'
import { note } from '../lint/note'
import type { Accommodation } from '../models/seed'

type Fields = Partial<Omit<Accommodation, 'id'>>
type Reader = { readonly field: keyof Fields; readonly fits: (value: unknown) => boolean }

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '' && value.length <= 500
const isCountry = (value: unknown) => typeof value === 'string' && /^[A-Z]{2}$/.test(value)
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value)

const readers: Readonly<Record<string, Reader>> = {
  name: { field: 'name', fits: isText },
  currency: { field: 'currency', fits: (value) => typeof value === 'string' && /^[A-Z]{3}$/.test(value) },
  timeZone: { field: 'timeZone', fits: isText },
  city: { field: 'city', fits: isText },
  country: { field: 'country', fits: isCountry },
  isoCountry: { field: 'country', fits: isCountry },
  zip: { field: 'zip', fits: isText },
  latitude: { field: 'latitude', fits: isNumber },
  longitude: { field: 'longitude', fits: isNumber },
}

/**
 * Reads the fields of a lodging from a body (API description, Creating a property); `others` are names that the call
 * takes besides. Unknown ones are a lint note, and refused in strict mode.
 */
export function parseAccommodationFields(
  exchange: Exchange,
  body: Readonly<Record<string, unknown>>,
  others: readonly string[] = [],
): { readonly fields: Fields } | { readonly answer: Answer } {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(body)) {
    if (others.includes(name)) continue
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined
    if (reader && !reader.fits(value)) return { answer: refuseField(exchange, name) }
    if (reader) fields[reader.field] = value
    else note(exchange, 'field-unknown', name)
    if (!reader && exchange.world.state.settings.mode === 'strict') return { answer: refuseField(exchange, name) }
  }
  return { fields }
}

/** 400 with the place of the field, as Octorate's ApiError has it. */
export function refuseField(exchange: Exchange, name: string, element = name): Answer {
  note(exchange, 'field-wrong', name)
  return apiError(400, { type: 'ApiValidationFailed', message: `${name} is missing or of the wrong kind`, element: `$.${element}` })
}
