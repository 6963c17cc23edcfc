import 'server-only'
import { randomUUID } from 'node:crypto'
import { LOCKS } from '../database/locks'
import { log } from '../log'
import { getRuntime } from '../runtime'
import { signCheckpoint } from './checkpoint'
import { takeSigningKey } from './signing-key'

const UNSIGNED_HEADS = `
  WITH chains AS (
    SELECT o.id AS organization_id, h.sequence, h.hash, (SELECT max(k.sequence) FROM audit_checkpoints k WHERE k.organization_id = o.id) AS signed
    FROM organizations o CROSS JOIN LATERAL (
      SELECT s.sequence, s.hash FROM audit_seals s WHERE s.organization_id = o.id ORDER BY s.sequence DESC LIMIT 1
    ) h
    UNION ALL
    SELECT NULL, h.sequence, h.hash, (SELECT max(k.sequence) FROM audit_checkpoints k WHERE k.organization_id IS NULL)
    FROM (SELECT sequence, hash FROM audit_seals WHERE organization_id IS NULL ORDER BY sequence DESC LIMIT 1) h
  )
  SELECT organization_id, sequence, hash FROM chains WHERE signed IS NULL OR signed < sequence`

/**
 * Signs the end of every chain that has grown. Each checkpoint goes into the log of the process too, where who can write
 * the database can't reach it.
 *
 * @returns how many were signed; null when another process is at it
 */
export async function signCheckpoints(): Promise<number | null> {
  const { pool, clock } = getRuntime()
  const client = await pool.connect()
  let isBroken = false
  try {
    await client.query('BEGIN')
    const lock = await client.query<{ held: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS held', [LOCKS.audit])
    if (!lock.rows[0]?.held) {
      await client.query('COMMIT')
      return null
    }
    const { rows } = await client.query<{ organization_id: string | null; sequence: string; hash: string }>(UNSIGNED_HEADS)
    const now = clock()
    const key = rows.length > 0 ? await takeSigningKey(client, now) : null
    const made = rows.flatMap(({ organization_id: organizationId, sequence, hash }) => {
      if (!key) return []
      const unsigned = { organizationId, sequence: Number(sequence), hash, signedAt: now.toISOString(), keyId: key.id }
      return [{ ...unsigned, id: randomUUID(), signature: signCheckpoint(key.privateKey, unsigned) }]
    })
    await client.query(
      `INSERT INTO audit_checkpoints (id, organization_id, sequence, hash, signed_at, key_id, signature)
       SELECT id, "organizationId", sequence, hash, "signedAt", "keyId", signature FROM jsonb_to_recordset($1::jsonb)
         AS c (id uuid, "organizationId" uuid, sequence bigint, hash text, "signedAt" timestamptz, "keyId" uuid, signature text)`,
      [JSON.stringify(made)],
    )
    await client.query('COMMIT')
    for (const { id: _, ...checkpoint } of made) log().info({ checkpoint }, 'audit checkpoint')
    return made.length
  } catch (error) {
    isBroken = await client.query('ROLLBACK').then(() => false, () => true)
    throw error
  } finally {
    client.release(isBroken)
  }
}
