import { z } from 'zod'
import type { NewProperty } from './create-property'

/*
 * Octorate's spelling of a new property, in both directions; like wire.ts, it does not leave this file.
 */

/** Only what was given is sent; the flags always are, because Octorate's own defaults mail the customer. */
export function toPropertyBody(property: NewProperty): Record<string, unknown> {
  const all = {
    name: property.name,
    givenName: property.givenName,
    familyName: property.familyName,
    email: property.email,
    currency: property.currency,
    isoCountry: property.country,
    city: property.city,
    zip: property.zip,
    latitude: property.latitude,
    longitude: property.longitude,
    accept_duplicates: property.acceptDuplicates,
    network_name: property.networkName,
    welcome_user: property.welcomeUser,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

const id = z.union([
  z.string().regex(/^[\x21-\x7e]{1,64}$/),
  z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).transform(String),
])
const token = z.string().regex(/^[\x21-\x7e]{1,4096}$/)
const one = z.union([id, z.array(id).length(1).transform(([only]) => only ?? '')])

/** Examples and schema differ: the id is `id`, `ids` or `codice`, the token stands at the top or in `identity`. */
export const createdSchema = z
  .object({
    id: one.optional(),
    ids: one.optional(),
    codice: one.optional(),
    refresh_token: token.optional(),
    identity: z.object({ refreshToken: token.optional() }).optional(),
    refresh_properties: z.array(id).nullish(),
  })
  .transform((wire, context) => {
    const propertyId = wire.id ?? wire.ids ?? wire.codice
    const refresh = wire.refresh_token ?? wire.identity?.refreshToken
    if (propertyId && refresh) return { id: propertyId, token: refresh, networkProperties: wire.refresh_properties ?? [] }
    context.addIssue({ code: 'custom', message: 'names no property or no refresh token' })
    return z.NEVER
  })

export const existingSchema = z.object({ status: z.literal('existing'), id })
