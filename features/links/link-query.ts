import { linkQuerySchema, type LinkQuery } from '@/contracts/links'
import { pages } from '@/contracts/paths'
import { z } from '@/contracts/zod'

const { shape } = linkQuerySchema

/** Longest text that may be searched for. */
export const MOST_SEARCH_CHARACTERS = 100

/** Each value by itself: one that is not valid counts as absent and does not spoil the others. */
const forgiving = z.object({
  q: shape.q.catch(undefined),
  state: shape.state.catch(undefined),
  kind: shape.kind.catch(undefined),
  connection: shape.connection.catch(undefined),
  page: shape.page.catch(1),
})

/** The list's query in an address that anybody may have typed or cut short. */
export function parseLinkQuery(search: Readonly<Record<string, string | string[] | undefined>>): LinkQuery {
  const first = Object.entries(search).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value])
  const parsed = forgiving.parse(Object.fromEntries(first.filter(([, value]) => value !== '')))
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined && value !== '')) as LinkQuery
}

/** The address of the list with this query; equal lists have equal addresses. */
export function linksHref(query: LinkQuery): string {
  const pairs = Object.entries(query).filter(([name, value]) => value !== undefined && value !== '' && !(name === 'page' && value === 1))
  if (pairs.length === 0) return pages.links()
  return `${pages.links()}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()}`
}

export function isFiltered({ q, state, kind, connection }: LinkQuery): boolean {
  return [q, state, kind, connection].some((value) => value !== undefined)
}
