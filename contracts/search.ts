import { connectionStatusSchema } from './connections'
import { defineRead } from './define-endpoint'
import { linkStateSchema } from './links'
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
  /** Links by their ticket or their recipient's mail address, the newest first; none for those who may not see links. */
  links: z.array(
    z.object({
      id: z.uuid(),
      state: linkStateSchema,
      /** Name of the property, or its id; null for a connect link that takes any. */
      property: z.string().nullable(),
      recipientEmail: z.string().nullable(),
      ticket: z.string().nullable(),
      createdAt: z.iso.datetime(),
    }),
  ),
})
export type SearchResult = z.infer<typeof searchResultSchema>

/** Finds connections by part of a property's name or id, of the hotelier's mail address, or by the ticket of a link, and the links themselves. */
export const search = defineRead({
  path: '/api/search',
  query: z.strictObject({ q: z.string().trim().min(2).max(100) }),
  output: searchResultSchema,
  permission: 'connections:read',
})
