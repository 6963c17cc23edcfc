import { defineRead } from './define-endpoint'
import { z } from './zod'

const instant = z.iso.datetime()

/** Every kind of secret that is held. */
export const SECRET_KINDS = [
  'client_secret', 'admin_token', 'refresh_token', 'access_token', 'machine_key', 'webhook_secret', 'old_key', 'two_factor', 'mail_server',
  'sign_in_provider', 'encryption_key', 'signing_key',
] as const
export type SecretKind = (typeof SECRET_KINDS)[number]

/** Readers that are named for each secret at most: the latest. */
export const MOST_READERS = 3

/** A secret without its value. */
export const heldSecretSchema = z.object({
  kind: z.enum(SECRET_KINDS),
  id: z.string(),
  name: z.string(),
  environment: z.enum(['SANDBOX', 'PRODUCTION']).nullable(),
  /** Last characters, where they are kept. */
  last4: z.string().nullable(),
  /** When this value came; null where nobody wrote it down. */
  since: instant.nullable(),
  lastUsedAt: instant.nullable(),
  /** Who was handed it last: a machine key or a person, from which address, when. */
  readers: z.array(z.object({ name: z.string(), address: z.string().nullable(), at: instant })),
})
export type HeldSecret = z.infer<typeof heldSecretSchema>

export const inventoryQuerySchema = z.strictObject({
  kind: z.enum(SECRET_KINDS).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})
export type InventoryQuery = z.infer<typeof inventoryQuerySchema>

export const inventoryPageSchema = z.object({
  items: z.array(heldSecretSchema),
  counts: z.array(z.object({ kind: z.enum(SECRET_KINDS), count: z.number().int() })),
  page: z.number().int(),
  hasNext: z.boolean(),
  /** Secrets that match, on all pages. */
  total: z.number().int(),
})
export type InventoryPage = z.infer<typeof inventoryPageSchema>

export const listInventory = defineRead({ path: '/api/inventory', query: inventoryQuerySchema, output: inventoryPageSchema, permission: 'incidents:run' })

/** The whole of it as CSV. */
export const exportInventory = defineRead({
  path: '/api/inventory/export',
  output: z.string(),
  permission: 'incidents:run',
  audit: 'inventory.exported',
})
