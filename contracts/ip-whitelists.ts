import * as lists from './address-lists'
import { defineRead, defineWrite } from './define-endpoint'
import { plainText } from './plain-text'
import { z } from './zod'

const instant = z.iso.datetime()
const params = z.strictObject({ id: z.uuid() })
const PATH = '/api/api-clients/:id/ip-whitelist'
const permission = 'ip-whitelists:manage'

const differenceSchema = z.object({ added: z.array(z.string()), removed: z.array(z.string()) })

/** One wording of the list that Octorate was asked for. What stands in the list and was asked for by nobody is the draft. */
export const whitelistVersionSchema = z.object({
  id: z.uuid(),
  /** From one. */
  number: z.number().int(),
  state: z.enum(['requested', 'confirmed', 'verified']),
  /** The exact list, canonical, in its order. */
  blocks: z.array(z.string()),
  /** Against the version that was confirmed last before it. */
  difference: differenceSchema,
  /** Of server/letters, to show and to mark as sent. */
  letterId: z.uuid(),
  requestedAt: instant,
  requestedBy: z.string().nullable(),
  confirmedAt: instant.nullable(),
  confirmedBy: z.string().nullable(),
  /** How Octorate said so: a mail, a call, a ticket number. */
  confirmedHow: z.string().nullable(),
  verifiedAt: instant.nullable(),
})
export type WhitelistVersion = z.infer<typeof whitelistVersionSchema>

/** What Octorate answered when the admin token was shown for one property. */
export const verificationSchema = z.object({
  id: z.uuid(),
  at: instant,
  /** `console`: from this server. `command`: from where `keyrack whitelist verify` ran, whose own report it is. */
  source: z.enum(['console', 'command']),
  /** Name of the machine, as the command tells it; null from this server. */
  host: z.string().nullable(),
  propertyId: z.string(),
  /**
   * `allowed`: Octorate gave the property out, so the address that it sees is on its list. `refused`: it said that the
   * bearer has no right here. `unclear`: neither; `message` says what came.
   */
  outcome: z.enum(['allowed', 'refused', 'unclear']),
  /** HTTP status; null without an answer. */
  status: z.number().int().nullable(),
  message: z.string().nullable(),
  upstreamRequestId: z.string().nullable(),
})
export type Verification = z.infer<typeof verificationSchema>

export const ipWhitelistSchema = lists.addressListSchema.extend({
  /**
   * Of the whole list: `empty` has no entry and was never asked for; `draft` differs from what was last asked for;
   * otherwise the state of the newest version.
   */
  state: z.enum(['empty', 'draft', 'requested', 'confirmed', 'verified']),
  /** The list as it is against the last confirmed version: empty on both sides when Octorate is said to have it all. */
  drift: differenceSchema,
  /** The list as it is against the newest version, whatever its state. */
  unrequested: differenceSchema,
  /** The newest first, twenty at most. */
  versions: z.array(whitelistVersionSchema),
  /** The newest first, twenty at most. */
  verifications: z.array(verificationSchema),
  /** Properties of this API client to verify with: an operation with the property in its path needs one. */
  properties: z.array(z.object({ propertyId: z.string(), name: z.string() })),
})
export type IpWhitelist = z.infer<typeof ipWhitelistSchema>

export const getIpWhitelist = defineRead({ path: PATH, params, output: ipWhitelistSchema, permission })

/** @see lists.listConfirmationSchema for what may be asked first */
export const addIpWhitelistEntry = defineWrite({
  method: 'POST', path: `${PATH}/entries`, params, body: lists.addEntryInput, output: ipWhitelistSchema, permission,
  audit: 'ip_whitelist.changed',
})

export const changeIpWhitelistEntry = defineWrite({
  method: 'PATCH', path: `${PATH}/entries/:entryId`, params: params.extend({ entryId: z.uuid() }), body: lists.changeEntryInput,
  output: ipWhitelistSchema, permission, audit: 'ip_whitelist.changed',
})

export const removeIpWhitelistEntries = defineWrite({
  method: 'POST', path: `${PATH}/removals`, params, body: lists.removeEntriesInput, output: ipWhitelistSchema, permission,
  audit: 'ip_whitelist.changed',
})

export const orderIpWhitelist = defineWrite({
  method: 'POST', path: `${PATH}/order`, params, body: lists.orderInput, output: ipWhitelistSchema, permission,
  audit: 'ip_whitelist.changed',
})

export const reviewIpWhitelist = defineWrite({
  method: 'POST', path: `${PATH}/reviews`, params, body: lists.reviewInput, output: ipWhitelistSchema, permission,
  audit: 'ip_whitelist.reviewed',
})

/** What an import would do; nothing is changed. */
export const previewIpWhitelistImport = defineWrite({
  method: 'POST', path: `${PATH}/import/preview`, params, body: lists.importPreviewInput, output: lists.importPreviewSchema, permission,
  audit: { none: 'changes nothing' }, mostBytes: lists.IMPORT_BYTES,
})

/** All or nothing: one wrong line refuses the whole. */
export const importIpWhitelist = defineWrite({
  method: 'POST', path: `${PATH}/import`, params, body: lists.importInput, output: ipWhitelistSchema, permission,
  audit: 'ip_whitelist.changed', mostBytes: lists.IMPORT_BYTES,
})

export const exportIpWhitelist = defineRead({
  path: `${PATH}/export`, params, query: lists.exportQuery, output: lists.exportSchema, permission,
})

export const mergeIpWhitelist = defineWrite({
  method: 'POST', path: `${PATH}/merge`, params, body: lists.mergeInput, output: ipWhitelistSchema, permission,
  audit: 'ip_whitelist.changed',
})

export const checkIpWhitelist = defineRead({
  path: `${PATH}/check`, params, query: lists.checkQuery, output: lists.checkSchema, permission,
})

/** Makes a version of the list as it is, and the letter that asks Octorate for it. */
export const requestIpWhitelist = defineWrite({
  method: 'POST', path: `${PATH}/versions`, params, body: z.strictObject({ revision: z.number().int() }), output: ipWhitelistSchema, permission,
  audit: 'ip_whitelist.requested',
})

/** A person says that Octorate said so: there is no call to ask. */
export const confirmIpWhitelist = defineWrite({
  method: 'POST', path: `${PATH}/versions/:versionId/confirm`, params: params.extend({ versionId: z.uuid() }),
  body: z.strictObject({ how: plainText(200) }), output: ipWhitelistSchema, permission, audit: 'ip_whitelist.confirmed',
})

/**
 * Shows Octorate the admin token for one property, from this server. `allowed` makes the last confirmed version verified:
 * it proves that the address that Octorate sees of this server is on its list, and nothing about the others.
 */
export const verifyIpWhitelist = defineWrite({
  method: 'POST', path: `${PATH}/verifications`, params, body: z.strictObject({ propertyId: plainText(100) }), output: ipWhitelistSchema, permission,
  audit: 'ip_whitelist.verified',
})
