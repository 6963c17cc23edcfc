import * as lists from './address-lists'
import { defineRead, defineWrite } from './define-endpoint'
import { z } from './zod'

const instant = z.iso.datetime()
const params = z.strictObject({ id: z.uuid() })
const PATH = '/api/machine-keys/:id/restriction'
const permission = 'machine-keys:manage'

/** `report_only` lets everybody in and writes down who would not be; `enforced` lets in who is listed, and nobody else. */
export const RESTRICTION_MODES = ['off', 'report_only', 'enforced'] as const
export type RestrictionMode = (typeof RESTRICTION_MODES)[number]

/** Requests with the key since the hour in which the last 24 h began, measured against a list. They are counted by whole hours. */
export const replaySchema = z.object({
  since: instant,
  requests: z.number().int(),
  addresses: z.number().int(),
  blockedRequests: z.number().int(),
  /** Addresses that the list has not, those with the most requests first, twenty at most; `unresolved` is one of them. */
  blocked: z.array(z.object({ address: z.string(), requests: z.number().int(), lastAt: instant })),
  blockedAddresses: z.number().int(),
})
export type Replay = z.infer<typeof replaySchema>

export const keyRestrictionSchema = lists.addressListSchema.extend({
  mode: z.enum(RESTRICTION_MODES),
  /** Since when it is; null for a key that was never restricted. */
  modeSince: instant.nullable(),
  /** The requests since then against the list as it is: what enforcement would have blocked, or did. */
  replay: replaySchema,
  /** Where the key is used from now: what a change warns about. */
  addressesInUse: z.array(z.string()),
})
export type KeyRestriction = z.infer<typeof keyRestrictionSchema>

export const getKeyRestriction = defineRead({ path: PATH, params, output: keyRestrictionSchema, permission })

export const addRestrictionEntry = defineWrite({
  method: 'POST', path: `${PATH}/entries`, params, body: lists.addEntryInput, output: keyRestrictionSchema, permission,
  audit: 'key_restriction.changed',
})

export const changeRestrictionEntry = defineWrite({
  method: 'PATCH', path: `${PATH}/entries/:entryId`, params: params.extend({ entryId: z.uuid() }), body: lists.changeEntryInput,
  output: keyRestrictionSchema, permission, audit: 'key_restriction.changed',
})

export const removeRestrictionEntries = defineWrite({
  method: 'POST', path: `${PATH}/removals`, params, body: lists.removeEntriesInput, output: keyRestrictionSchema, permission,
  audit: 'key_restriction.changed',
})

export const orderRestriction = defineWrite({
  method: 'POST', path: `${PATH}/order`, params, body: lists.orderInput, output: keyRestrictionSchema, permission,
  audit: 'key_restriction.changed',
})

export const reviewRestriction = defineWrite({
  method: 'POST', path: `${PATH}/reviews`, params, body: lists.reviewInput, output: keyRestrictionSchema, permission,
  audit: 'key_restriction.reviewed',
})

export const previewRestrictionImport = defineWrite({
  method: 'POST', path: `${PATH}/import/preview`, params, body: lists.importPreviewInput, output: lists.importPreviewSchema, permission,
  audit: { none: 'changes nothing' }, mostBytes: lists.IMPORT_BYTES,
})

export const importRestriction = defineWrite({
  method: 'POST', path: `${PATH}/import`, params, body: lists.importInput, output: keyRestrictionSchema, permission,
  audit: 'key_restriction.changed', mostBytes: lists.IMPORT_BYTES,
})

export const exportRestriction = defineRead({
  path: `${PATH}/export`, params, query: lists.exportQuery, output: lists.exportSchema, permission,
})

export const mergeRestriction = defineWrite({
  method: 'POST', path: `${PATH}/merge`, params, body: lists.mergeInput, output: keyRestrictionSchema, permission,
  audit: 'key_restriction.changed',
})

export const checkRestriction = defineRead({
  path: `${PATH}/check`, params, query: lists.checkQuery, output: lists.checkSchema, permission,
})

/** Effective in every process within two seconds. */
export const changeRestrictionMode = defineWrite({
  method: 'POST', path: `${PATH}/mode`, params,
  body: z.strictObject({ mode: z.enum(RESTRICTION_MODES), confirmation: lists.listConfirmationSchema.default({ lockOut: false, empty: false, wide: [] }) }),
  output: keyRestrictionSchema, permission, audit: 'key_restriction.mode_changed',
})

/** What a list that is not saved would have blocked in the last 24 h. */
export const replayRestriction = defineWrite({
  method: 'POST', path: `${PATH}/replay`, params, body: z.strictObject({ blocks: z.array(lists.cidrBlock).max(lists.MOST_LIST_ENTRIES) }),
  output: replaySchema, permission, audit: { none: 'changes nothing' },
})
