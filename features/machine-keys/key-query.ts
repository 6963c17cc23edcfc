import { machineKeyQuerySchema, type MachineKeyQuery } from '@/contracts/machine-keys'
import { pages } from '@/contracts/paths'
import { z } from '@/contracts/zod'

const { shape } = machineKeyQuerySchema
const DEFAULTS = machineKeyQuerySchema.parse({})

/** Longest text that may be searched for. */
export const MOST_SEARCH_CHARACTERS = 100

/** Each value by itself: one that is not valid counts as absent and does not spoil the others. */
const forgiving = z.object({
  q: shape.q.catch(undefined),
  show: shape.show.catch(DEFAULTS.show),
  sort: shape.sort.catch(DEFAULTS.sort),
  direction: shape.direction.catch(DEFAULTS.direction),
  page: shape.page.catch(DEFAULTS.page),
})

/** The list's query in an address that anybody may have typed or cut short: what is not valid falls back to its default. */
export function parseKeyQuery(search: Readonly<Record<string, string | string[] | undefined>>): MachineKeyQuery {
  const first = Object.entries(search).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value])
  const { q, ...rest } = forgiving.parse(Object.fromEntries(first.filter(([, value]) => value !== '')))
  return q === undefined || q === '' ? rest : { ...rest, q }
}

/** The address of the list with this query; what is as by default is left out, so that equal lists have equal addresses. */
export function machineKeysHref(query: MachineKeyQuery): string {
  const pairs = Object.entries(query).filter(
    ([name, value]) => value !== undefined && value !== '' && value !== DEFAULTS[name as keyof MachineKeyQuery],
  )
  if (pairs.length === 0) return pages.machineKeys()
  return `${pages.machineKeys()}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()}`
}

/** Whether anything but the default narrows or widens the list. */
export function isFiltered({ q, show }: MachineKeyQuery): boolean {
  return q !== undefined || show !== DEFAULTS.show
}
