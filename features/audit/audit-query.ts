import { auditQuerySchema, type AuditQuery } from '@/contracts/audit'
import { pages } from '@/contracts/paths'
import { z } from '@/contracts/zod'

const { shape } = auditQuerySchema

/** Each value by itself: one that is not valid counts as absent and does not spoil the others. */
const forgiving = z.object({
  action: shape.action.catch(undefined),
  outcome: shape.outcome.catch(undefined),
  actor: shape.actor.catch(undefined),
  target: shape.target.catch(undefined),
  request: shape.request.catch(undefined),
  from: shape.from.catch(undefined),
  to: shape.to.catch(undefined),
  before: shape.before.catch(undefined),
})

/** The log's query in an address that anybody may have typed or cut short. */
export function parseAuditQuery(search: Readonly<Record<string, string | string[] | undefined>>): AuditQuery {
  const first = Object.entries(search).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value])
  return clean(forgiving.parse(Object.fromEntries(first)))
}

/** The address of the log with this query. */
export function auditHref(query: AuditQuery): string {
  const search = searchOf(query)
  return search === '' ? pages.auditLog() : `${pages.auditLog()}?${search}`
}

export function searchOf(query: Readonly<Record<string, string | undefined>>): string {
  return new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))).toString()
}

/** Whether anything narrows the log. */
export function isFiltered(query: AuditQuery): boolean {
  return Object.keys(clean({ ...query, before: undefined })).length > 0
}

/** Equal queries are equal objects: what is absent is no key. */
function clean(query: { readonly [K in keyof AuditQuery]?: AuditQuery[K] | undefined }): AuditQuery {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
}
