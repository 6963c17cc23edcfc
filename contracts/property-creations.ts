import { defineRead, defineWrite } from './define-endpoint'
import { plainText } from './plain-text'
import { z } from './zod'

const instant = z.iso.datetime()
const idParams = z.strictObject({ id: z.uuid() })

/** A new property, as a form or a line of a CSV file gives it. */
export const newPropertySchema = z.strictObject({
  name: plainText(200),
  givenName: plainText(100),
  familyName: plainText(100),
  email: z.string().trim().max(254).regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/),
  currency: z.string().regex(/^[A-Z]{3}$/).optional(),
  country: z.string().regex(/^[A-Z]{2}$/).optional(),
  city: plainText(100).optional(),
  zip: plainText(20).optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  /** False: a mail address that is known already creates nothing, and its property is named. */
  acceptDuplicates: z.boolean().default(false),
  /** Name of an existing network to join, exactly. */
  networkName: plainText(200).optional(),
  /** True mails the customer, at once. */
  welcomeUser: z.boolean().default(false),
})
export type NewPropertyInput = z.input<typeof newPropertySchema>

export const propertyCreationSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  contactName: z.string(),
  email: z.string(),
  networkName: z.string().nullable(),
  /** `existing`: the mail address is known; `unknown`: no answer came, so it may be there. */
  state: z.enum(['sending', 'created', 'existing', 'refused', 'unknown']),
  failure: z.string().nullable(),
  /** Octorate's id: of the new one, or of the one that was there. */
  upstreamId: z.string().nullable(),
  networkProperties: z.array(z.string()),
  /** The connection that it became; null without one. */
  connectionId: z.uuid().nullable(),
  at: instant,
})
export type PropertyCreation = z.infer<typeof propertyCreationSchema>

export const listPropertyCreations = defineRead({
  path: '/api/api-clients/:id/properties',
  params: idParams,
  output: z.object({ items: z.array(propertyCreationSchema) }),
  permission: 'api-clients:read',
})

/** Creates a property at Octorate; the refresh token in the answer becomes a connection at once. Not safe to repeat. */
export const createProperty = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/properties',
  params: idParams,
  body: newPropertySchema,
  output: propertyCreationSchema,
  permission: 'properties:create',
  audit: 'property.created',
})
