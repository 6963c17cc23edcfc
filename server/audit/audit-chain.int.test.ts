import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import pg from 'pg'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { makeKey, parseKeys } from '../crypto/parse-keys'
import { db } from '../db'
import { hashOf, FIRST_HASH } from './chain'
import type { Checkpoint } from './checkpoint'
import { toChainedEvent, EVENT_COLUMNS, type EventRow } from './event-columns'
import type { LogLine } from './log-lines'
import { readLog } from './read-log'
import { recordAudit, recordAudits } from './record-audit'
import { sealEvents } from './seal-events'
import { signCheckpoints } from './sign-checkpoints'
import { readTrustedKeys } from './signing-key'
import { verifyLog, type Verdict } from './verify-log'
import { makeActor } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { seeded } from '../../tests/seeded'

const rig = await openRig()
const { clock } = rig
const HOUR_MS = 3_600_000

/** Writes events about somebody of the organization, as services do. */
async function write(organizationId: string, count: number): Promise<void> {
  await recordAudits(db(), Array.from({ length: count }, (_, index) => ({
    action: 'machine_key.created' as const,
    outcome: 'success' as const,
    organizationId,
    actor: { kind: 'user' as const, id: randomUUID() },
    target: { kind: 'machine_key', id: randomUUID() },
    detail: { name: `Key ${index}`, scopes: ['tokens:read'], nested: { b: 1, a: null, ä: 'ü "\n' } },
    context: { requestId: randomUUID(), address: '192.0.2.7', userAgent: 'integration test' },
    at: clock.date,
  })))
}

async function sealAll(): Promise<void> {
  while ((await sealEvents('0')) !== 0);
}

async function collect(client: Pick<pg.ClientBase, 'query'>, organizationId: string | null): Promise<LogLine[]> {
  const lines: LogLine[] = []
  for await (const line of readLog(client, { organizationId, keys: await readTrustedKeys(rig.runtime.pool), now: clock.date })) lines.push(line)
  return lines
}

const verify = async (organizationId: string | null): Promise<Verdict> => verifyLog(await collect(rig.runtime.pool, organizationId))

describe('the chain', () => {
  test('goes on for each organization by itself, and is whole when it is sealed in parts by several processes', async () => {
    const [first, second] = [(await makeActor()).viewer.organizationId, (await makeActor()).viewer.organizationId]
    for (let round = 0; round < 3; round += 1) {
      await Promise.all([write(first, 7), write(second, 3), recordAudit(db(), { action: 'session.refused', outcome: 'failure', organizationId: null, actor: { kind: 'anonymous' }, at: clock.date })])
      await Promise.all([sealEvents('0'), sealEvents('0'), rig.asAnotherProcess(() => sealEvents('0'))])
      await sealAll()
      await signCheckpoints()
      clock.advance(HOUR_MS)
    }
    expect(await verify(first)).toMatchObject({ entries: 21, unsealed: 0, checkpoints: 3, signedUpTo: 21, firstBad: null })
    expect(await verify(second)).toMatchObject({ entries: 9, signedUpTo: 9, firstBad: null })
    expect(await verify(null)).toMatchObject({ entries: 3, firstBad: null })
  })

  test('seals an event whose transaction ended long after one with a higher number', async () => {
    const { organizationId } = (await makeActor()).viewer
    let commit: () => void = () => undefined
    const held = new Promise<void>((resolve) => (commit = resolve))
    let begun: () => void = () => undefined
    const written = new Promise<void>((resolve) => (begun = resolve))
    const slow = db().$transaction(async (tx) => {
      await recordAudit(tx, { action: 'connection.connected', outcome: 'success', organizationId, actor: { kind: 'system' }, at: clock.date })
      begun()
      await held
    })
    await written
    await write(organizationId, 2)
    await sealAll()
    commit()
    await slow
    await sealAll()
    expect(await verify(organizationId)).toMatchObject({ entries: 3, unsealed: 0, firstBad: null })
  })

  test('is sealed and signed by one process at a time, and nobody waits', async () => {
    const holder = new pg.Client({ connectionString: rig.database.appUrl })
    await holder.connect()
    await holder.query('BEGIN')
    await holder.query('SELECT pg_advisory_xact_lock(72707371)')
    expect([await sealEvents('0'), await signCheckpoints()]).toEqual([null, null])
    await holder.end()
  })

  test('goes on under a new signing key when the old one opens no more, and what the old one signed is told apart', async () => {
    const { organizationId } = (await makeActor()).viewer
    await write(organizationId, 2)
    await sealAll()
    await signCheckpoints()
    const old = await readTrustedKeys(rig.runtime.pool)
    await rig.asAnotherProcess(
      async () => {
        await write(organizationId, 2)
        await sealAll()
        await signCheckpoints()
        const now = await readTrustedKeys(rig.runtime.pool)
        const lines = await collect(rig.runtime.pool, organizationId)
        expect(await verifyLog(lines, { trustedKeys: new Map([...old, ...now]) })).toMatchObject({ entries: 4, signedUpTo: 4, firstBad: null })
        expect(await verifyLog(lines, { trustedKeys: now })).toMatchObject({ firstBad: { reason: 'checkpoint_signature', from: 2 } })
      },
      { keys: parseKeys(makeKey('k2')) },
    )
  })
})

describe('500 random tamperings by a database superuser', () => {
  const EVENTS = 24
  let organizationId = ''
  let strangerId = ''
  let admin: pg.Client
  let kept: Checkpoint[] = []

  beforeAll(async () => {
    organizationId = (await makeActor()).viewer.organizationId
    strangerId = (await makeActor()).viewer.organizationId
    for (let part = 0; part < 4; part += 1) {
      await write(organizationId, EVENTS / 4)
      await write(strangerId, 2)
      await sealAll()
      if (part < 3) await signCheckpoints()
      clock.advance(HOUR_MS)
    }
    await signCheckpoints()
    kept = (await collect(rig.runtime.pool, organizationId)).flatMap((line) => (line.type === 'checkpoint' ? [line] : []))
    const url = new URL(inject('postgres').adminUrl)
    url.pathname = new URL(rig.database.ownerUrl).pathname
    admin = new pg.Client({ connectionString: url.href })
    await admin.connect()
    // No trigger and no foreign key stands in the way of a superuser.
    await admin.query('SET session_replication_role = replica')
    return () => admin.end()
  })

  type Tamper = (given: { sequence: number; eventId: string; other: number; pick: number }) => Promise<{ from: number; to: number } | 'never_sealed'>

  const at = (sequence: number) => ({ from: sequence, to: sequence })
  const FIELDS = ['action', 'outcome', 'actor_kind', 'actor_id', 'target_kind', 'target_id', 'address', 'user_agent', 'request_id'] as const

  const TAMPERINGS: Readonly<Record<string, Tamper>> = {
    'a field': async ({ sequence, eventId, pick }) => {
      await admin.query(`UPDATE audit_events SET ${FIELDS[pick % FIELDS.length]} = $2 WHERE id = $1`, [eventId, `forged ${pick}`])
      return at(sequence)
    },
    'a field to nothing': async ({ sequence, eventId, pick }) => {
      const field = ['actor_id', 'target_kind', 'target_id', 'address', 'user_agent', 'request_id'][pick % 6]
      await admin.query(`UPDATE audit_events SET ${field} = NULL WHERE id = $1`, [eventId])
      return at(sequence)
    },
    'the time': async ({ sequence, eventId, pick }) => {
      await admin.query(`UPDATE audit_events SET at = at + make_interval(secs => $2) WHERE id = $1`, [eventId, 1 + (pick % 500)])
      return at(sequence)
    },
    'the detail': async ({ sequence, eventId, pick }) => {
      await admin.query(`UPDATE audit_events SET detail = jsonb_set(detail, '{nested,b}', to_jsonb($2::int)) WHERE id = $1`, [eventId, 2 + pick])
      return at(sequence)
    },
    'the organization': async ({ sequence, eventId }) => {
      await admin.query('UPDATE audit_events SET organization_id = $2 WHERE id = $1', [eventId, strangerId])
      return at(sequence)
    },
    'the event away': async ({ sequence, eventId }) => {
      await admin.query('DELETE FROM audit_events WHERE id = $1', [eventId])
      return at(sequence)
    },
    'event and seal away': async ({ sequence, eventId }) => {
      await admin.query('DELETE FROM audit_seals WHERE event_id = $1', [eventId])
      await admin.query('DELETE FROM audit_events WHERE id = $1', [eventId])
      return sequence === EVENTS ? { from: EVENTS, to: EVENTS } : at(sequence)
    },
    'two contents exchanged': async ({ sequence, other }) => {
      await admin.query(
        `UPDATE audit_events e SET actor_id = o.actor_id, target_id = o.target_id, request_id = o.request_id FROM audit_seals s, audit_seals so, audit_events o
         WHERE s.organization_id = $1 AND so.organization_id = $1 AND s.event_id = e.id AND so.event_id = o.id
           AND ((s.sequence = $2 AND so.sequence = $3) OR (s.sequence = $3 AND so.sequence = $2))`,
        [organizationId, sequence, other],
      )
      return at(Math.min(sequence, other))
    },
    'two places exchanged': async ({ sequence, other }) => {
      await admin.query(
        `UPDATE audit_seals s SET event_id = -o.event_id FROM audit_seals o WHERE s.organization_id = $1 AND o.organization_id = $1
           AND ((s.sequence = $2 AND o.sequence = $3) OR (s.sequence = $3 AND o.sequence = $2))`,
        [organizationId, sequence, other],
      )
      await admin.query('UPDATE audit_seals SET event_id = -event_id WHERE event_id < 0')
      return at(Math.min(sequence, other))
    },
    'a seal': async ({ sequence, eventId, pick }) => {
      const change = ["hash = repeat('a', 64)", "previous_hash = repeat('b', 64)", "sealed_at = sealed_at + interval '1 second'"][pick % 3]
      await admin.query(`UPDATE audit_seals SET ${change} WHERE event_id = $1`, [eventId])
      return at(sequence)
    },
    'an event in between, with the rest moved up': async ({ sequence }) => {
      const id = await forge(await dateOf(sequence))
      await admin.query('UPDATE audit_seals SET sequence = -(sequence + 1) WHERE organization_id = $1 AND sequence >= $2', [organizationId, sequence])
      await admin.query('UPDATE audit_seals SET sequence = -sequence WHERE organization_id = $1 AND sequence < 0', [organizationId])
      await admin.query(
        `INSERT INTO audit_seals (event_id, organization_id, sequence, previous_hash, hash, sealed_at)
         SELECT $1, organization_id, $3::bigint, previous_hash, repeat('c', 64), sealed_at FROM audit_seals WHERE organization_id = $2 AND sequence = $3::bigint + 1`,
        [id, organizationId, sequence],
      )
      return at(sequence)
    },
    'a field, with every hash from there made anew': async ({ sequence, eventId, pick }) => {
      await admin.query('UPDATE audit_events SET address = $2 WHERE id = $1', [eventId, `10.0.0.${pick % 256}`])
      await rechain(sequence)
      return between(sequence)
    },
    'an event away, with every hash from there made anew': async ({ sequence, eventId }) => {
      await admin.query('DELETE FROM audit_seals WHERE event_id = $1', [eventId])
      await admin.query('DELETE FROM audit_events WHERE id = $1', [eventId])
      await admin.query('UPDATE audit_seals SET sequence = -(sequence - 1) WHERE organization_id = $1 AND sequence > $2', [organizationId, sequence])
      await admin.query('UPDATE audit_seals SET sequence = -sequence WHERE organization_id = $1 AND sequence < 0', [organizationId])
      await rechain(sequence)
      // Of the last part nothing stands after it that a checkpoint could disagree with: it is the end that is missing.
      return sequence > EVENTS - EVENTS / 4 ? { from: EVENTS, to: EVENTS } : between(sequence)
    },
    'the end, with its checkpoints': async ({ sequence }) => {
      const ends = await admin.query<{ event_id: string }>('DELETE FROM audit_seals WHERE organization_id = $1 AND sequence >= $2 RETURNING event_id', [organizationId, sequence])
      await admin.query('DELETE FROM audit_events WHERE id = ANY($1)', [ends.rows.map((row) => row.event_id)])
      await admin.query('DELETE FROM audit_checkpoints WHERE organization_id = $1 AND sequence >= $2', [organizationId, sequence])
      return { from: sequence, to: between(sequence).to }
    },
    'everything': async () => {
      await admin.query('TRUNCATE audit_events, audit_seals, audit_checkpoints')
      return { from: 1, to: EVENTS / 4 }
    },
    'a forged event that nobody sealed': async ({ sequence }) => {
      await forge(await dateOf(sequence))
      return 'never_sealed'
    },
  }

  /** Between the checkpoint before and the one after: where hashes were made anew nobody can say more. */
  function between(sequence: number): { from: number; to: number } {
    const part = EVENTS / 4
    const to = Math.ceil(sequence / part) * part
    return { from: to - part + 1, to }
  }

  async function dateOf(sequence: number): Promise<Date> {
    const { rows } = await admin.query<{ at: Date }>(
      'SELECT e.at FROM audit_events e JOIN audit_seals s ON s.event_id = e.id WHERE s.organization_id = $1 AND s.sequence = $2', [organizationId, sequence],
    )
    return new Date((rows[0]?.at.getTime() ?? 0) - 2 * 60_000)
  }

  async function forge(date: Date): Promise<string> {
    const { rows } = await admin.query<{ id: string }>(
      `INSERT INTO audit_events (organization_id, at, action, outcome, actor_kind) VALUES ($1, $2, 'admin_token.revealed', 'success', 'user') RETURNING id`,
      [organizationId, date],
    )
    return rows[0]?.id ?? ''
  }

  /** What somebody does who has read how hashes are made, but has no signing key. */
  async function rechain(from: number): Promise<void> {
    const { rows } = await admin.query<EventRow & { sequence: string; hash: string; sealed_at: Date }>(
      `SELECT ${EVENT_COLUMNS}, s.sequence::text, s.hash, s.sealed_at FROM audit_seals s JOIN audit_events e ON e.id = s.event_id
       WHERE s.organization_id = $1 ORDER BY s.sequence`,
      [organizationId],
    )
    let previousHash = FIRST_HASH
    for (const row of rows) {
      const sequence = Number(row.sequence)
      const hash = sequence < from ? row.hash : hashOf(toChainedEvent(row), { sequence, previousHash, sealedAt: row.sealed_at.toISOString() })
      if (sequence >= from) await admin.query('UPDATE audit_seals SET previous_hash = $2, hash = $3 WHERE event_id = $1', [row.id, previousHash, hash])
      previousHash = hash
    }
  }

  test('are all found, and the first bad entry is named', async () => {
    expect(await verifyLog(await collect(admin, organizationId), { keptCheckpoints: kept })).toMatchObject({ entries: EVENTS, firstBad: null })
    let found = 0
    const kinds = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          kind: fc.constantFrom(...Object.keys(TAMPERINGS)), sequence: fc.integer({ min: 1, max: EVENTS }),
          offset: fc.integer({ min: 1, max: EVENTS - 1 }), pick: fc.nat(100_000),
        }),
        async ({ kind, sequence, offset, pick }) => {
          await admin.query('BEGIN')
          try {
            const { rows } = await admin.query<{ event_id: string }>('SELECT event_id FROM audit_seals WHERE organization_id = $1 AND sequence = $2', [organizationId, sequence])
            const other = ((sequence - 1 + offset) % EVENTS) + 1
            const expected = await TAMPERINGS[kind]?.({ sequence, eventId: rows[0]?.event_id ?? '', other, pick })
            const { firstBad } = await verifyLog(await collect(admin, organizationId), { keptCheckpoints: kept })
            expect({ kind, ...firstBad }).toMatchObject({ kind, ...(expected === 'never_sealed' ? { reason: 'never_sealed' } : expected) })
            kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
            found += 1
          } finally {
            await admin.query('ROLLBACK')
          }
        },
      ),
      // What a tampering does is not made smaller by trying others.
      { ...seeded(500), endOnFailure: true },
    )
    expect(found).toBe(500)
    expect([...kinds.keys()].sort()).toEqual(Object.keys(TAMPERINGS).sort())
  })

  test('would not be found without checkpoints that are kept elsewhere, where the end is cut off with its own', async () => {
    await admin.query('BEGIN')
    await TAMPERINGS['the end, with its checkpoints']?.({ sequence: EVENTS - 1, eventId: '', other: 1, pick: 0 })
    expect((await verifyLog(await collect(admin, organizationId))).firstBad).toBeNull()
    expect((await verifyLog(await collect(admin, organizationId), { keptCheckpoints: kept })).firstBad).toMatchObject({ reason: 'cut_off', from: EVENTS - 1 })
    await admin.query('ROLLBACK')
  })
})
