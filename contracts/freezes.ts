import { defineRead, defineWrite } from './define-endpoint'
import { plainText } from './plain-text'
import { z } from './zod'

const instant = z.iso.datetime()

export const FREEZE_TARGETS = ['organization', 'api_client', 'connection'] as const
/** Why, for those who find it frozen and for the audit log. */
export const freezeReason = plainText(300)

export const freezeSchema = z.object({
  id: z.uuid(),
  target: z.object({
    kind: z.enum(FREEZE_TARGETS),
    id: z.uuid(),
    /** Null for what is not there any more. */
    name: z.string().nullable(),
  }),
  /** Of a drill: nothing in production is touched. */
  onlySandbox: z.boolean(),
  reason: z.string(),
  /** Null when they are no member any more. */
  frozenBy: z.string().nullable(),
  frozenAt: instant,
})
export type Freeze = z.infer<typeof freezeSchema>

const freezes = z.object({ items: z.array(freezeSchema) })

/** What stands frozen now, the widest and then the newest first. */
export const listFreezes = defineRead({ path: '/api/freezes', output: freezes, permission: 'connections:read' })

/** Stops hand-outs of one connection, or of an API client with its admin token. The whole organization is frozen in an incident. */
export const placeFreeze = defineWrite({
  method: 'POST',
  path: '/api/freezes',
  body: z.strictObject({ kind: z.enum(['api_client', 'connection']), targetId: z.uuid(), reason: freezeReason }),
  output: freezes,
  permission: 'freezes:place',
  audit: 'freeze.placed',
})

/** Thaws: back ends get tokens again. That of an incident is lifted there. */
export const liftFreeze = defineWrite({
  method: 'POST',
  path: '/api/freezes/:id/lift',
  params: z.strictObject({ id: z.uuid() }),
  body: z.strictObject({ reason: freezeReason }),
  output: freezes,
  permission: 'freezes:lift',
  audit: 'freeze.lifted',
})
