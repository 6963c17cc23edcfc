import 'server-only'
import type { Transaction } from '../db'
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

/**
 * Writes hand-outs down whose connection is, at this moment, what memory holds of it, and not frozen: state, version and
 * expiry are the database's. What is not confirmed is not written. They are one row that nobody else writes, so that no
 * process waits for another; `foldLedger` brings them into the ledger.
 */
const SQL = `WITH confirmed AS (
    SELECT wanted.key_id, c.id, wanted.address, wanted.minute, c.organization_id, wanted.count
    FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::int[], $6::uuid[], $7::environment[], $8::int[], $9::timestamptz[])
      AS wanted (key_id, connection_id, address, minute, count, organization_id, environment, version, expires_at)
    JOIN connections c ON c.id = wanted.connection_id AND c.organization_id = wanted.organization_id
      AND c.environment = wanted.environment AND c.state IN ('connected', 'refresh_failing')
      AND c.access_token_version = wanted.version AND c.access_expires_at = wanted.expires_at AND c.access_token_sealed IS NOT NULL
      AND NOT ${FROZEN}
  ), batch AS (
    INSERT INTO hand_out_batches (machine_key_ids, connection_ids, addresses, minutes, organization_ids, counts)
    SELECT array_agg(key_id), array_agg(id), array_agg(address), array_agg(minute), array_agg(organization_id), array_agg(count)
    FROM confirmed HAVING count(*) > 0
  )
  SELECT key_id || ' ' || id || ' ' || address AS origin FROM confirmed`

/**
 * Writes them down, those of a row together, outside of any transaction or in one.
 *
 * @returns which of them the database confirmed, in their order.
 */
export async function writeLedger(group: readonly Known[], tx?: Transaction): Promise<boolean[]> {
  const newest = new Map<string, number>()
  for (const { origin, held } of group) newest.set(origin, Math.max(held.version, newest.get(origin) ?? 0))
  // While the group gathered, memory may have learned of a newer token: who came before that reads the row again.
  const isNewest = group.map(({ origin, held }) => newest.get(origin) === held.version)
  const columns = new Columns()
  for (const [index, known] of group.entries()) if (isNewest[index]) columns.add(known)
  const found = tx ? (await tx.$queryRawUnsafe<{ origin: string }[]>(SQL, ...columns.values)).map(({ origin }) => origin) : await query(columns.values)
  if (found.length === columns.length) return isNewest
  const confirmed = new Set(found)
  return group.map(({ origin }, index) => isNewest[index] === true && confirmed.has(origin))
}

/** Prepared once on each connection of the pool. */
async function query(values: string[]): Promise<string[]> {
  const { rows } = await getRuntime().pool.query<[string]>({ name: 'ledger', text: SQL, values, rowMode: 'array' })
  return rows.map(([origin]) => origin)
}

/** The statement's parameters, one row for each row of the ledger. */
class Columns {
  readonly #columns: [string[], string[], string[], string[], number[], string[], string[], number[], string[]] = [[], [], [], [], [], [], [], [], []]
  readonly #indexes = new Map<string, number>()
  /** Almost always that of all: only where a group spans two, the name of a row needs it. */
  #minute = ''

  get length(): number {
    return this.#indexes.size
  }

  get values(): string[] {
    return this.#columns.map(arrayLiteral)
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
