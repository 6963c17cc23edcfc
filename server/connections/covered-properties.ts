import 'server-only'
import { callersWaitMs } from '../database/callers-wait-ms'
import { inGroups } from '../database/in-groups'
import { getRuntime, once } from '../runtime'

interface Wanted {
  readonly id: string
  readonly organizationId: string
}

const SQL = `SELECT wanted.n::int, array_agg(p.upstream_id)
  FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS wanted (id, organization_id, n)
  JOIN properties p ON p.connection_id = wanted.id AND p.organization_id = wanted.organization_id GROUP BY wanted.n`

/** Octorate's ids of all properties that a connection's token covers, linked or not; read now, many in one query. */
export function readCoveredProperties(wanted: Wanted): Promise<readonly string[]> {
  return once('covered properties', () => inGroups(query, { atOnce: 2, most: 500, waitMs: callersWaitMs }))(wanted)
}

async function query(wanted: readonly Wanted[]): Promise<(readonly string[])[]> {
  const values = [wanted.map(({ id }) => id), wanted.map(({ organizationId }) => organizationId)]
  const { rows } = await getRuntime().pool.query<[number, string[]]>({ name: 'covered-properties', text: SQL, values, rowMode: 'array' })
  const found = new Map(rows)
  return wanted.map((_, index) => found.get(index + 1) ?? [])
}
