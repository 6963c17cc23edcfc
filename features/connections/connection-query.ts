import { connectionQuerySchema, type ConnectionQuery } from '@/contracts/connections'
import { pages } from '@/contracts/paths'
import { z } from '@/contracts/zod'

const { shape } = connectionQuerySchema
const DEFAULTS = connectionQuerySchema.parse({})

/** Longest text that may be searched for. */
export const MOST_SEARCH_CHARACTERS = 100

/** Each value by itself: one that is not valid counts as absent and does not spoil the others. */
const forgiving = z.object({
  q: shape.q.catch(undefined),
  status: shape.status.catch(undefined),
  bucket: shape.bucket.catch(undefined),
  apiClient: shape.apiClient.catch(undefined),
  sort: shape.sort.catch(DEFAULTS.sort),
  direction: shape.direction.catch(DEFAULTS.direction),
  cursor: shape.cursor.catch(undefined),
  limit: shape.limit.catch(DEFAULTS.limit),
})

/** The list's query in an address that anybody may have typed or cut short: what is not valid falls back to its default. */
export function parseConnectionQuery(search: Readonly<Record<string, string | string[] | undefined>>): ConnectionQuery {
  const first = Object.entries(search).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value])
  const given = forgiving.parse(Object.fromEntries(first.filter(([, value]) => value !== '')))
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== '')) as ConnectionQuery
}

/** The address of the list with this query; what is as by default is left out, so that equal lists have equal addresses. */
export function connectionsHref(query: ConnectionQuery): string {
  const pairs = Object.entries(query).filter(
    ([name, value]) => value !== undefined && value !== '' && value !== DEFAULTS[name as keyof ConnectionQuery],
  )
  if (pairs.length === 0) return pages.connections()
  return `${pages.connections()}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()}`
}

/** Whether anything narrows the list. */
export function isFiltered({ q, status, bucket, apiClient }: ConnectionQuery): boolean {
  return q !== undefined || status !== undefined || bucket !== undefined || apiClient !== undefined
}
