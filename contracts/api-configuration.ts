import { apiClientDetailSchema, environmentSchema } from './api-clients'
import { defineWrite } from './define-endpoint'
import { plainText } from './plain-text'
import { z } from './zod'

const idParams = z.strictObject({ id: z.uuid() })
export const CATEGORIES = ['CHECKIN_PROVIDER', 'BOOKING_ENGINE', 'CHANNEL_MANAGER', 'OTA', 'RMS', 'MODEL_CONTEXT_PROTOCOL'] as const

/** Octorate's configuration of an API client, just read. Null: not told, or in an unknown form. */
export const apiConfigurationSchema = z.object({
  readAt: z.iso.datetime(),
  environment: environmentSchema.nullable(),
  redirectUris: z.array(z.string()).nullable(),
  applicationName: z.string().nullable(),
  category: z.string().nullable(),
  iconName: z.string().nullable(),
  listedToAllUsers: z.boolean().nullable(),
  /** By upper-case language code. */
  descriptions: z.record(z.string(), z.string()),
  quota: z.object({
    limit: z.number().nullable(),
    /** Calls left, as the answer's header said. */
    left: z.number().nullable(),
    /** Octorate's own word, whose meaning it does not document. */
    status: z.string().nullable(),
  }),
  permissions: z.array(z.object({ name: z.enum(['property', 'license', 'cardDetail', 'content', 'reservation']), level: z.enum(['NONE', 'READONLY', 'READWRITE']).nullable() })),
  active: z.boolean().nullable(),
  maintenance: z.boolean().nullable(),
  authMethod: z.string().nullable(),
  authorizationPages: z.array(z.string()),
  configName: z.string().nullable(),
  uniqueId: z.string().nullable(),
  buildNumber: z.string().nullable(),
  fiscalVersion: z.string().nullable(),
  reseller: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Fields that the contract does not name, as masked JSON. */
  unknown: z.array(z.object({ name: z.string(), value: z.string() })),
})
export type ApiConfigurationDetail = z.infer<typeof apiConfigurationSchema>

/** The fields that a person may change; what is left out stays. Redirect URIs and the environment have ways of their own. */
export const configurationChangeSchema = z.strictObject({
  applicationName: plainText(120).optional(),
  category: z.enum(CATEGORIES).optional(),
  /** Address of a picture that Octorate downloads. */
  iconUrl: z.string().max(2_048).regex(/^https:\/\/[\x21-\x7e]+$/).optional(),
  listedToAllUsers: z.boolean().optional(),
  descriptions: z.record(z.string().regex(/^[A-Z]{2}$/), z.string().max(5_000)).optional(),
})
export type ConfigurationChangeInput = z.infer<typeof configurationChangeSchema>

/** The changing fields as the person saw them: when Octorate has something else by now, nothing is written. */
const seenSchema = z.strictObject({
  applicationName: z.string().nullable().optional(),
  category: z.string().nullable().optional(),
  iconUrl: z.string().nullable().optional(),
  listedToAllUsers: z.boolean().nullable().optional(),
  descriptions: z.record(z.string(), z.string()).optional(),
})

/** Reads the configuration at Octorate. Obtains an admin token when none is held yet. */
export const readApiConfiguration = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/configuration/read',
  params: idParams,
  output: apiConfigurationSchema,
  permission: 'api-clients:write',
  audit: { none: 'changes nothing at Octorate; a first admin token and a drift are recorded as such' },
})

/** The JSON that a change would send, letter by letter; sends nothing. */
export const previewApiConfiguration = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/configuration/preview',
  params: idParams,
  body: z.strictObject({ change: configurationChangeSchema }),
  output: z.object({ json: z.string() }),
  permission: 'api-clients:write',
  audit: { none: 'shows what would be sent, and sends nothing' },
})

/** Reads again, compares, sends only the fields of the change, and reads again to verify. */
export const changeApiConfiguration = defineWrite({
  method: 'PATCH',
  path: '/api/api-clients/:id/configuration',
  params: idParams,
  body: z.strictObject({ change: configurationChangeSchema, seen: seenSchema }),
  output: apiConfigurationSchema,
  permission: 'api-clients:write',
  audit: 'configuration.changed',
})

/** From SANDBOX to PRODUCTION, at Octorate and here. There is no way back through Keyrack. */
export const switchToProduction = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/configuration/production',
  params: idParams,
  /** The API client's name, typed. */
  body: z.strictObject({ name: z.string().max(200) }),
  output: apiClientDetailSchema,
  permission: 'api-clients:production',
  audit: 'configuration.production_switched',
})
