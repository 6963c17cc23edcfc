import 'server-only'
import { FROZEN } from '../freezes/frozen-sql'
import { getRuntime } from '../runtime'
import type { HeldToken } from './held-token'
import { minuteOf, type HandOutEntry } from './hand-out-entry'

/** A hand-out to be, with the token that would leave. */
export interface Known {
  readonly entry: HandOutEntry
  readonly held: HeldToken
  /** Key, connection and address: what `originOf` says of the entry. */
  readonly origin: string
}

const WANTED = '$1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::int[], $6::uuid[], $7::environment[], $8::int[], $9::timestamptz[]'
const COLUMNS = 'key_id, connection_id, address, minute, count, organization_id, environment, version, expires_at'

/** State, version and expiry are the database's, and no freeze stands over it. */
const AS_HELD = `JOIN connections c ON c.id = wanted.connection_id AND c.organization_id = wanted.organization_id
      AND c.environment = wanted.environment AND c.state IN ('connected', 'refresh_failing')
      AND c.access_token_version = wanted.version AND c.access_expires_at = wanted.expires_at AND c.access_token_sealed IS NOT NULL
      AND NOT ${FROZEN}`

const BATCH = `batch AS (
    INSERT INTO hand_out_batches (machine_key_ids, connection_ids, addresses, minutes, organization_ids, counts)
    SELECT array_agg(key_id), array_agg(connection_id), array_agg(address), array_agg(minute), array_agg(organization_id), array_agg(count)
    FROM confirmed HAVING count(*) > 0
  )`

/** Which were confirmed, or null for all of them, as it is nearly always. */
const ANSWER = `SELECT CASE WHEN count(*) < cardinality($1::uuid[])
    THEN coalesce(array_agg(key_id || ' ' || connection_id || ' ' || address), '{}') END AS origins FROM confirmed`

/**
 * Writes hand-outs down whose connection is, at this moment, what memory holds of it. What is not confirmed is not
 * written. They are one row that nobody else writes, so that no process waits for another; `foldLedger` brings them into
 * the ledger.
 */
const AGAIN = `WITH confirmed AS (SELECT wanted.* FROM unnest(${WANTED}) AS wanted (${COLUMNS}) ${AS_HELD}), ${BATCH} ${ANSWER}`

/**
 * The same with an audit event for each key, connection and address that no process has seen before. Several processes that
 * meet one at once wait for each other until the first commits: in one statement, that is soon. They take them in one order.
 */
const FIRST = `WITH confirmed AS (
    SELECT wanted.* FROM unnest(${WANTED}, $10::timestamptz[], $11::text[], $12::text[]) AS wanted (${COLUMNS}, at, user_agent, request_id) ${AS_HELD}
  ), ${BATCH}, seen_first AS (
    INSERT INTO hand_out_origins (machine_key_id, connection_id, address, first_at)
    SELECT key_id, connection_id, address, at FROM confirmed ORDER BY key_id, connection_id, address COLLATE "C", at
    ON CONFLICT DO NOTHING RETURNING machine_key_id, connection_id, address
  ), told AS (
    INSERT INTO audit_events (organization_id, at, action, outcome, actor_kind, actor_id, target_kind, target_id, address, user_agent, request_id, detail)
    SELECT DISTINCT ON (key_id, connection_id, address)
      organization_id, at, 'access_token.handed_out', 'success', 'machine_key', key_id, 'connection', connection_id, address, user_agent, request_id,
      '{"first": "from this address"}'::jsonb
    FROM confirmed JOIN seen_first USING (connection_id, address) WHERE machine_key_id = key_id ORDER BY key_id, connection_id, address, at
  ) ${ANSWER}`

/**
 * Writes them down, those of a row together, outside of any transaction.
 *
 * @param isFirst whether one of them may be the first of its key, connection and address, which leaves an audit event
 * @returns which of them the database confirmed, in their order.
 */
export async function writeLedger(group: readonly Known[], { isFirst }: { readonly isFirst: boolean }): Promise<boolean[]> {
  const newest = new Map<string, number>()
  for (const { origin, held } of group) newest.set(origin, Math.max(held.version, newest.get(origin) ?? 0))
  // While the group gathered, memory may have learned of a newer token: who came before that reads the row again.
  const isNewest = group.map(({ origin, held }) => newest.get(origin) === held.version)
  const columns = new Columns()
  for (const [index, known] of group.entries()) if (isNewest[index]) columns.add(known)
  const found = await query(isFirst ? { name: 'first', text: FIRST, values: [...columns.values, ...columns.contexts] } : { name: 'ledger', text: AGAIN, values: columns.values })
  if (found === null) return isNewest
  const confirmed = new Set(found)
  return group.map(({ origin }, index) => isNewest[index] === true && confirmed.has(origin))
}

/** Prepared once on each connection of the pool. */
async function query(statement: { name: string; text: string; values: unknown[] }): Promise<readonly string[] | null> {
  const { rows } = await getRuntime().pool.query<{ origins: string[] | null }>(statement)
  const [row] = rows
  return row ? row.origins : []
}

/** The statement's parameters, one row for each row of the ledger. */
class Columns {
  readonly #columns: [string[], string[], string[], string[], number[], string[], string[], number[], string[]] = [[], [], [], [], [], [], [], [], []]
  readonly #indexes = new Map<string, number>()
  /** The first of each row. */
  readonly #entries: HandOutEntry[] = []
  /** Almost always that of all: only where a group spans two, the name of a row needs it. */
  #minute = ''

  get values(): string[] {
    return this.#columns.map(arrayLiteral)
  }

  /** Whose request it was, in texts that may hold anything. */
  get contexts(): string[][] {
    const contexts = this.#entries.map(({ actor }) => actor.context)
    return [this.#entries.map(({ at }) => at.toISOString()), contexts.map(({ userAgent }) => userAgent), contexts.map(({ requestId }) => requestId)]
  }

  add({ entry, held, origin }: Known): void {
    const minute = minuteOf(entry)
    if (this.#minute === '') this.#minute = minute
    const name = minute === this.#minute ? origin : `${origin} ${minute}`
    const index = this.#indexes.get(name)
    const [keys, connections, addresses, minutes, counts, organizations, environments, versions, expiries] = this.#columns
    if (index !== undefined) {
      counts[index] = (counts[index] ?? 0) + 1
      return
    }
    this.#indexes.set(name, this.#indexes.size)
    this.#entries.push(entry)
    keys.push(entry.actor.caller.keyId)
    connections.push(entry.connectionId)
    addresses.push(entry.actor.context.address)
    minutes.push(minute)
    counts.push(1)
    organizations.push(held.organizationId)
    environments.push(held.environment)
    versions.push(held.version)
    expiries.push(held.expiresAt)
  }
}

/** PostgreSQL's text of an array; none of these holds a quote, a backslash, a comma or a brace. The driver's looks at every character. */
function arrayLiteral(column: readonly (string | number)[]): string {
  return `{${column.join(',')}}`
}
