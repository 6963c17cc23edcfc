import 'server-only'
import type { Environment } from '@/contracts/api-clients'
import type { RestrictionMode } from '@/contracts/key-restrictions'
import { MACHINE_SCOPES, type MachineScope } from '@/contracts/machine-scopes'
import { canonicalBlock } from '@/lib/net/canonical-block'
import { makeAddressMatcher } from '@/lib/net/make-address-matcher'
import { callersWaitMs } from '../database/callers-wait-ms'
import { databaseUnavailable } from '../database/database-unavailable'
import { inGroups } from '../database/in-groups'
import { log } from '../log'
import { getRuntime, once } from '../runtime'
import { withinTime } from '../within-time'

/** So long the memory of a key is believed. With the time that a read takes, a revocation holds everywhere within a second. */
const BELIEVED_MS = 500
const MOST_TRIES = 3
const MOST_KNOWN = 20_000
const MOST_UNKNOWN = 1_000
const READS_AT_ONCE = 2
const MOST_IN_READ = 500
/** A connection that went silent must not hold up everybody who waits behind it. */
const READ_WITHIN_MS = 5_000

/** From where a key may come, ready to be asked. */
export interface KeyRestriction {
  readonly mode: RestrictionMode
  readonly isListed: (address: string) => boolean
  readonly hasEntries: boolean
}

/** A key as the database has it, with what is compared at every call prepared. */
export interface HeldKey {
  readonly keyId: string
  readonly organizationId: string
  readonly environment: Environment
  readonly scopes: ReadonlySet<MachineScope>
  readonly properties: ReadonlySet<string> | null
  readonly restriction: KeyRestriction
  readonly isRevoked: boolean
  /** Epoch milliseconds; Infinity for a key that never expires. */
  readonly expiresAtMs: number
}

interface Reading {
  readonly key: HeldKey | null
  /** When the read was sent: what it says may be as old as that. */
  readonly readAtMs: number
}

interface HeldKeys {
  /** What memory knows under this digest and is young enough to be believed; undefined when the database has to be asked. */
  recall(digest: string, nowMs: number): HeldKey | null | undefined
  /**
   * What the database says, in one query for all who wait.
   *
   * @throws AppError `database_unavailable`, also when it took longer than a connection may, or every answer longer than it
   * may be believed.
   */
  read(digest: string): Promise<HeldKey | null>
}

/** The keys that this process has met lately. Never older than the database by more than 500 ms. */
export function heldKeys(): HeldKeys {
  return once('machine-keys', makeHeldKeys)
}

function makeHeldKeys(): HeldKeys {
  const known = new Map<string, Reading>()
  // Apart, so that whoever tries keys that never were pushes none out that are.
  const unknown = new Map<string, Reading>()
  const ask = inGroups(readInTime, { atOnce: READS_AT_ONCE, most: MOST_IN_READ })
  return {
    recall(digest, nowMs) {
      const reading = known.get(digest) ?? unknown.get(digest)
      return reading && isBelieved(reading, nowMs) ? reading.key : undefined
    },
    async read(digest) {
      const reading = await withinTime(untilBelieved(digest), callersWaitMs())
      if (!reading) throw databaseUnavailable()
      return reading.key
    },
  }

  async function untilBelieved(digest: string): Promise<Reading | null> {
    for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
      const reading = await ask(digest)
      if (!isBelieved(reading, getRuntime().clock().getTime())) continue
      if (reading.key) unknown.delete(digest)
      remember(reading.key ? known : unknown, digest, reading)
      return reading
    }
    return null
  }

  function remember(kept: Map<string, Reading>, digest: string, reading: Reading): void {
    kept.delete(digest)
    kept.set(digest, reading)
    const [eldest] = kept.size > (kept === known ? MOST_KNOWN : MOST_UNKNOWN) ? kept.keys() : []
    if (eldest !== undefined) kept.delete(eldest)
  }
}

/** A clock that was set back makes a reading look younger than it is: then it is not believed. */
function isBelieved({ readAtMs }: Reading, nowMs: number): boolean {
  return nowMs >= readAtMs && nowMs - readAtMs < BELIEVED_MS
}

async function readInTime(digests: readonly string[]): Promise<Reading[]> {
  const readings = await withinTime(readKeys(digests), READ_WITHIN_MS)
  if (!readings) throw databaseUnavailable()
  return readings
}

/** Entries that have expired are left out here: whether or not they were swept, nobody is let in by them. */
const SQL = `SELECT k.id, k.organization_id, k.environment, k.digest, k.scopes, k.properties, k.expires_at, k.revoked_at, l.mode,
    ARRAY(SELECT e.block FROM address_entries e WHERE e.list_id = l.id AND (e.expires_at IS NULL OR e.expires_at > $2)) AS blocks
  FROM machine_keys k LEFT JOIN address_lists l ON l.machine_key_id = k.id WHERE k.digest = ANY($1)`

interface Row {
  readonly id: string
  readonly organization_id: string
  readonly environment: Environment
  readonly digest: string
  readonly scopes: readonly string[]
  readonly properties: readonly string[]
  readonly expires_at: Date | null
  readonly revoked_at: Date | null
  /** Null for a key that was never restricted. */
  readonly mode: RestrictionMode | null
  readonly blocks: readonly string[]
}

/** @returns a reading for each digest, in their order. */
async function readKeys(digests: readonly string[]): Promise<Reading[]> {
  const now = getRuntime().clock()
  const { rows } = await getRuntime().pool.query<Row>({ name: 'held-keys', text: SQL, values: [[...new Set(digests)], now] })
  const keys = new Map(rows.map((row) => [row.digest, toHeldKey(row)]))
  return digests.map((digest) => ({ key: keys.get(digest) ?? null, readAtMs: now.getTime() }))
}

function toHeldKey(row: Row): HeldKey {
  return {
    keyId: row.id,
    organizationId: row.organization_id,
    environment: row.environment,
    scopes: new Set(MACHINE_SCOPES.filter((scope) => row.scopes.includes(scope))),
    properties: row.properties.length === 0 ? null : new Set(row.properties),
    restriction: {
      mode: row.mode ?? 'off', hasEntries: row.blocks.length > 0,
      isListed: matcherOf(row),
    },
    isRevoked: row.revoked_at !== null,
    expiresAtMs: row.expires_at?.getTime() ?? Infinity,
  }
}

/** A list that cannot be read has nobody on it, and keeps no other key from being read. */
function matcherOf({ id, blocks }: Row): (address: string) => boolean {
  try {
    return makeAddressMatcher(blocks.map((block) => canonicalBlock(block))).has
  } catch (err) {
    log().error({ err, machineKey: id }, 'the addresses of a machine key cannot be read: none is taken to be on its list')
    return () => false
  }
}
