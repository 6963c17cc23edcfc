import 'server-only'
import { callersWaitMs } from '../database/callers-wait-ms'
import { inGroups } from '../database/in-groups'
import { AppError } from '../http/app-error'
import type { MachineCaller } from '../machine-keys/machine-caller'
import { getRuntime, once } from '../runtime'

interface Wanted {
  readonly caller: MachineCaller
  readonly propertyId: string
}

const SQL = `SELECT wanted.n::int, array_agg(c.id::text ORDER BY c.id)
  FROM unnest($1::uuid[], $2::environment[], $3::text[]) WITH ORDINALITY AS wanted (organization_id, environment, upstream_id, n)
  JOIN properties p ON p.organization_id = wanted.organization_id AND p.upstream_id = wanted.upstream_id AND p.linked
  JOIN connections c ON c.id = p.connection_id AND c.organization_id = wanted.organization_id
    AND c.environment = wanted.environment AND c.state <> 'disconnected'
  GROUP BY wanted.n`

/**
 * The one connection through which the key may use a property: not disconnected, and with the property linked to it.
 *
 * @throws AppError `not_found`, or `property_ambiguous` with the ids when several connections cover it.
 */
export async function findConnectionByProperty(caller: MachineCaller, propertyId: string): Promise<string> {
  if (caller.properties && !caller.properties.has(propertyId)) throw new AppError('not_found')
  const ids = await once('connections by property', () => inGroups(query, { atOnce: 2, most: 500, waitMs: callersWaitMs }))({ caller, propertyId })
  const [id, ...others] = ids
  if (id === undefined) throw new AppError('not_found')
  if (others.length > 0) throw new AppError('property_ambiguous', { connectionIds: ids })
  return id
}

async function query(wanted: readonly Wanted[]): Promise<(readonly string[])[]> {
  const values = [
    wanted.map(({ caller }) => caller.organizationId),
    wanted.map(({ caller }) => caller.environment),
    wanted.map(({ propertyId }) => propertyId),
  ]
  const { rows } = await getRuntime().pool.query<[number, string[]]>({ name: 'connections-by-property', text: SQL, values, rowMode: 'array' })
  const found = new Map(rows)
  return wanted.map((_, index) => found.get(index + 1) ?? [])
}
