import 'server-only'
import { storable } from '@/lib/text/storable'
import { searchText } from '../connections/store-grant'
import { inGroups } from '../database/in-groups'
import type { Property } from '../octorate/property'
import { getRuntime, once } from '../runtime'
import { runActor } from './run-actor'
import type { StoredLine } from './verify-line'

interface Verified {
  readonly line: StoredLine
  /** As Octorate describes it; null when the connection was written down whole already. */
  readonly property: Property | null
}

/** Says of lines that they count: with what the property is called, the ledger and the proof, in one statement for all that come at once. */
export function saveVerified(verified: Verified): Promise<void> {
  return once('key migration verifier', () => inGroups(saveAll, { atOnce: 2, most: 64, crowdMs: 60 }))(verified)
}

async function saveAll(verified: readonly Verified[]): Promise<readonly void[]> {
  const { pool, clock } = getRuntime()
  await pool.query(
    `WITH input AS (
       SELECT * FROM json_to_recordset($1::json) AS t(
         migration_id uuid, number int, connection_id uuid, organization_id uuid, old_key_id uuid, actor_kind text, actor_id text,
         is_described boolean, upstream_id text, name text, search_text text, city text, country text, currency text, time_zone text,
         is_sandbox boolean)
     ), lines AS (
       UPDATE key_lines l SET state = 'verified', reason = NULL, claimed_by = NULL, updated_at = $2
       FROM input i WHERE l.migration_id = i.migration_id AND l.number = i.number AND l.state = 'stored'
       RETURNING l.migration_id, l.number
     ), done AS (
       SELECT i.* FROM input i JOIN lines USING (migration_id, number)
     ), connected AS (
       UPDATE connections c SET name = coalesce(done.name, c.name), search_text = coalesce(done.search_text, c.search_text), verified_at = $2
       FROM done WHERE c.id = done.connection_id AND c.organization_id = done.organization_id
     ), described AS (
       UPDATE properties p SET name = done.name, city = done.city, country = done.country, currency = done.currency,
         time_zone = done.time_zone, sandbox = done.is_sandbox
       FROM done WHERE done.is_described AND p.connection_id = done.connection_id AND p.upstream_id = done.upstream_id
     ), migrated AS (
       UPDATE old_keys k SET migrated_at = coalesce(k.migrated_at, $2) FROM done WHERE k.id = done.old_key_id
     ), runs AS (
       UPDATE key_migrations m SET lost_in_a_row = 0 WHERE m.lost_in_a_row > 0 AND m.id IN (SELECT migration_id FROM done)
     )
     INSERT INTO audit_events (organization_id, at, action, outcome, actor_kind, actor_id, target_kind, target_id, detail)
     SELECT organization_id, $2, 'connection.migrated', 'success', actor_kind, actor_id, 'connection', connection_id,
       jsonb_build_object('migration', migration_id, 'line', number) FROM done`,
    [JSON.stringify(verified.map(toRow)), clock()],
  )
  return verified.map(() => undefined)
}

function toRow({ line, property }: Verified) {
  const actor = runActor(line.migration)
  const name = property && storable(property.name)
  const text = (value: string | null | undefined) => (value ? storable(value) : null)
  return {
    migration_id: line.migration.id, number: line.number, connection_id: line.connectionId, organization_id: line.organizationId,
    old_key_id: line.oldKeyId, actor_kind: actor.kind, actor_id: 'id' in actor ? actor.id : null,
    is_described: property !== null, upstream_id: line.propertyId, name, search_text: property && searchText(property.name, [property]),
    city: text(property?.city), country: text(property?.country), currency: text(property?.currency), time_zone: text(property?.timeZone),
    is_sandbox: property?.sandboxProperty ?? false,
  }
}
