import { isUuid } from '@/lib/ids'
import { defineRead, defineWrite } from './define-endpoint'
import { z } from './zod'

const id = z.uuid().refine(isUuid)
const instant = z.iso.datetime()
const count = z.number().int()
const permission = 'key-migrations:run'

/** `kept` can be used on the old API still; `retired` is marked as out of use; `erased` is gone from here. */
export const OLD_KEY_STATES = ['kept', 'retired', 'erased'] as const
export type OldKeyState = (typeof OLD_KEY_STATES)[number]

/** An old key that was brought here, and what became of it. */
export const oldKeySchema = z.object({
  id: z.uuid(),
  propertyId: z.string(),
  name: z.string().nullable(),
  keyLast4: z.string(),
  state: z.enum(OLD_KEY_STATES),
  /** When a token from it was verified; null when none was yet. */
  migratedAt: instant.nullable(),
  /** The newest migration that it is a line of. */
  migrationId: z.uuid(),
  addedAt: instant,
  retiredAt: instant.nullable(),
  erasedAt: instant.nullable(),
})
export type OldKey = z.infer<typeof oldKeySchema>

export const listOldKeys = defineRead({
  path: '/api/old-keys',
  query: z.strictObject({
    state: z.enum(OLD_KEY_STATES).optional(),
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    limit: z.coerce.number().int().min(1).max(1_000).default(200),
  }),
  output: z.object({ items: z.array(oldKeySchema), total: count, counts: z.object({ kept: count, retired: count, erased: count }) }),
  permission,
})

const whichKeys = z.array(id).min(1).max(1_000)

/** Marks keys as out of use on the old API. One that no verified token has replaced is left as it is. */
export const retireOldKeys = defineWrite({
  method: 'POST',
  path: '/api/old-keys/retire',
  body: z.strictObject({ ids: whichKeys }),
  output: z.object({ retired: count, left: count }),
  permission,
  audit: 'old_key.retired',
})

/**
 * Wipes keys from here for good. One that a line has in hand or waits with is left as it is; one that no verified token
 * has replaced too, unless `evenUnmigrated`.
 */
export const eraseOldKeys = defineWrite({
  method: 'POST',
  path: '/api/old-keys/erase',
  body: z.strictObject({ ids: whichKeys, evenUnmigrated: z.boolean().default(false) }),
  output: z.object({ erased: count, left: count }),
  permission,
  audit: 'old_key.erased',
})
