import { connectionStatusSchema } from './connections'
import { defineRead } from './define-endpoint'
import { z } from './zod'

/** Why something was found: the property's name or id, a mail address of the hotelier, or the ticket of a link that was sent. */
export const SEARCH_REASONS = ['name', 'property', 'mail', 'ticket'] as const

export const searchResultSchema = z.object({
  connections: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      upstreamId: z.string(),
      isNetwork: z.boolean(),
      status: connectionStatusSchema,
      reason: z.enum(SEARCH_REASONS),
      /** The property or the address that was found, where the name does not show it. */
      found: z.string().nullable(),
    }),
  ),
  /** Whether there are more than are listed. */
  hasMore: z.boolean(),
})
export type SearchResult = z.infer<typeof searchResultSchema>

/** Finds connections by part of a property's name or id, of the hotelier's mail address, or by the ticket of a link. */
export const search = defineRead({
  path: '/api/search',
  query: z.strictObject({ q: z.string().trim().min(2).max(100) }),
  output: searchResultSchema,
  permission: 'connections:read',
})
