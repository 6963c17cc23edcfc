import { isUuid } from '@/lib/ids'
import { addEntryInput, checkQuery, checkSchema, importPreviewInput, importPreviewSchema, listConfirmationSchema, listEntrySchema } from './address-lists'
import { defineMachineEndpoint } from './define-machine-endpoint'
import { ipWhitelistSchema, verificationSchema } from './ip-whitelists'
import { plainText } from './plain-text'
import { z } from './zod'

const id = z.uuid().refine(isUuid)
const params = z.strictObject({ id })
const scope = 'ip-whitelists:manage'
/** The list and the token are the whole account's, so a key of some properties gets neither. */
const REFUSALS = ['not_found', 'machine_key_properties'] as const
const CHANGES = [...REFUSALS, 'whitelist_duplicate', 'whitelist_full', 'whitelist_left_empty', 'whitelist_too_wide'] as const

export const machineWhitelistSchema = ipWhitelistSchema
  .pick({ revision: true, state: true, drift: true, unrequested: true })
  .extend({
    apiClientId: z.uuid(),
    restBase: z.string().describe("Where Octorate's operations begin, with the version, such as https://api.octorate.com/connect/rest/v1."),
    addressCount: z.number().int().describe('Addresses that the list covers, each counted once.'),
    entries: z.array(listEntrySchema.pick({ id: true, line: true, block: true, comment: true, owner: true, expiresAt: true, findings: true })),
  })
  .meta({ id: 'IpWhitelist' })
export type MachineWhitelist = z.infer<typeof machineWhitelistSchema>

export const getMachineWhitelist = defineMachineEndpoint({
  method: 'GET',
  path: '/api-clients/:id/ip-whitelist',
  summary: 'The addresses that Octorate should let in for an API client. The real list is Octorate\'s own.',
  params,
  output: machineWhitelistSchema,
  scope,
  refusals: REFUSALS,
  audit: { none: 'reads only, no token' },
})

export const addMachineWhitelistEntry = defineMachineEndpoint({
  method: 'POST',
  path: '/api-clients/:id/ip-whitelist/entries',
  summary: 'Adds an address or a network at the end of the list. Wider than /8 is an owner\'s alone, in the console.',
  params,
  body: addEntryInput.omit({ confirmation: true }),
  output: machineWhitelistSchema,
  scope,
  refusals: CHANGES,
  audit: 'ip_whitelist.changed',
  idempotencyKey: true,
})

export const removeMachineWhitelistEntry = defineMachineEndpoint({
  method: 'DELETE',
  path: '/api-clients/:id/ip-whitelist/entries/:entryId',
  summary: 'Removes an entry.',
  params: params.extend({ entryId: id }),
  query: z.strictObject({ empty: z.enum(['true', 'false']).default('false').describe('`true` says that the list may be left without an entry.') }),
  output: machineWhitelistSchema,
  scope,
  refusals: CHANGES,
  audit: 'ip_whitelist.changed',
})

export const checkMachineWhitelist = defineMachineEndpoint({
  method: 'GET',
  path: '/api-clients/:id/ip-whitelist/check',
  summary: 'Whether an address belongs to the list, by which entry, and which one comes nearest otherwise.',
  params,
  query: checkQuery,
  output: checkSchema,
  scope,
  refusals: REFUSALS,
  audit: { none: 'reads only, no token' },
})

export const importMachineWhitelist = defineMachineEndpoint({
  method: 'POST',
  path: '/api-clients/:id/ip-whitelist/import',
  summary: 'Brings a list, all of it or nothing. With `dryRun` it only tells what would happen.',
  params,
  body: importPreviewInput.extend({ dryRun: z.boolean(), confirmation: listConfirmationSchema.pick({ empty: true }).default({ empty: false }) }),
  output: importPreviewSchema.extend({ applied: z.boolean() }),
  scope,
  refusals: [...CHANGES, 'conflict'],
  audit: 'ip_whitelist.changed',
})

export const reportVerification = defineMachineEndpoint({
  method: 'POST',
  path: '/api-clients/:id/ip-whitelist/verifications',
  summary: 'Reports what Octorate answered to an admin token that was shown from where the caller runs.',
  params,
  body: verificationSchema.pick({ outcome: true }).extend({
    propertyId: plainText(100),
    host: plainText(120),
    status: z.number().int().min(100).max(599).nullable(),
    message: plainText(300).nullable(),
    upstreamRequestId: z.string().regex(/^[\x21-\x7e]{1,100}$/).nullable(),
  }),
  output: machineWhitelistSchema,
  scope,
  refusals: REFUSALS,
  audit: 'ip_whitelist.verified',
})

export const adminTokenAnswerSchema = z
  .object({
    apiClientId: z.uuid(),
    adminToken: z.string().describe('Bearer for calls to Octorate as the API account, from a listed address.'),
    expiresAt: z.iso.datetime(),
    expiresIn: z.number().int().describe("Seconds left by Keyrack's clock, at least 1."),
    fingerprint: z.string().regex(/^[0-9a-f]{16}$/).describe("First 16 hexadecimal digits of the token's SHA-256."),
    restBase: z.string().describe('As in the whitelist.'),
  })
  .meta({ id: 'AdminToken' })
export type AdminTokenAnswer = z.infer<typeof adminTokenAnswerSchema>

export const getMachineAdminToken = defineMachineEndpoint({
  method: 'GET',
  path: '/api-clients/:id/admin-token',
  summary: 'The admin token of an API client, for IP authentication. Only to a key whose own restriction is enforced and has entries.',
  params,
  output: adminTokenAnswerSchema,
  scope: 'admin-tokens:read',
  refusals: [...REFUSALS, 'admin_token_needs_restriction', 'frozen', 'api_client_refused', 'upstream_unreachable', 'upstream_timeout'],
  audit: 'admin_token.handed_out',
})

export const getCallerAddress = defineMachineEndpoint({
  method: 'GET',
  path: '/caller-address',
  summary: 'The address that Keyrack sees of the caller. Octorate may see another one.',
  output: z.object({
    address: z.string().nullable().describe('Null when it could not be found out.'),
    isTiedToAddresses: z.boolean().describe("Whether the key's restriction is enforced and has entries."),
  }),
  scope: 'any',
  audit: { none: 'reads only, no token' },
})
