import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, test } from 'vitest'
import { prepareChildren, type Child } from '../../tests/child-process'
import { connect } from '../../tests/consent-flow'
import { makeActor, makeApiClient } from '../../tests/factories'
import { secretsOf } from '../../tests/known-secrets'
import { openRig } from '../../tests/runtime'
import { until } from '../../tests/until'
import { db } from '../db'
import type { Output } from '../log'
import { hashOf } from './chain'
import { recordAudits } from './record-audit'
import { sealEvents } from './seal-events'
import { streamEvents, type StreamLine } from './stream-events'

const rig = await openRig()
const children = await prepareChildren(rig)

type Event = Extract<StreamLine, { type: 'event' }>

/** Output in memory that takes lines at once, or when it is told to. */
class MemoryOutput extends EventEmitter implements Output {
  text = ''
  isStuck = false

  write(text: string): void {
    if (this.isStuck) return
    this.text += text
    setImmediate(() => this.emit('drain'))
  }
}

async function act(organizationId: string | null, count: number): Promise<void> {
  rig.clock.advance(1_000)
  await recordAudits(db(), Array.from({ length: count }, (_, index) => ({
    action: 'machine_key.created' as const,
    outcome: 'success' as const,
    organizationId,
    actor: { kind: 'user' as const, id: randomUUID() },
    detail: { name: `Schlüssel ${index} 🔑`, padding: '.'.repeat(300) },
    at: rig.clock.date,
  })))
  while ((await sealEvents('0')) !== 0);
}

/** Whole lines only: the last one of a process that was killed may be cut. */
function eventsIn(text: string): Event[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Event)
}

function placesOf(text: string, organizationId: string | null): number[] {
  return eventsIn(text).filter((event) => event.organizationId === organizationId).map(({ seal }) => seal?.sequence ?? 0)
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const ascending = (places: readonly number[]) => places.toSorted((a, b) => a - b)

async function streamAll(output: MemoryOutput): Promise<void> {
  while ((await streamEvents(output)) > 0);
}

let organizationId: string

beforeEach(async () => {
  organizationId = (await makeActor()).viewer.organizationId
})

test('each entry is one line, in the order of its chain, and can be checked by its hash', async () => {
  const output = new MemoryOutput()
  await act(organizationId, 3)
  await act(null, 2)
  await streamAll(output)
  await act(organizationId, 2)
  await streamAll(output)
  expect(placesOf(output.text, organizationId)).toEqual(upTo(5))
  expect(placesOf(output.text, null).length).toBeGreaterThanOrEqual(2)
  for (const { stream, type: _, seal, ...event } of eventsIn(output.text)) {
    if (!seal) throw new Error('a streamed entry has its place')
    expect([stream, hashOf(event, seal)]).toEqual(['audit', seal.hash])
  }
})

test('what is not committed and sealed is not written, and comes when it is', async () => {
  const output = new MemoryOutput()
  await recordAudits(db(), [{ action: 'session.refused', outcome: 'failure', organizationId, actor: { kind: 'anonymous' }, at: rig.clock.date }])
  await streamAll(output)
  expect(placesOf(output.text, organizationId)).toEqual([])
  while ((await sealEvents('0')) !== 0);
  await streamAll(output)
  expect(placesOf(output.text, organizationId)).toEqual([1])
})

test('two processes write each line once, because one is at a chain at a time', async () => {
  await act(organizationId, 700)
  const [one, two] = [new MemoryOutput(), new MemoryOutput()]
  for (let round = 0; round < 3; round += 1) {
    await Promise.all([streamEvents(one), rig.asAnotherProcess(() => streamEvents(two))])
  }
  expect(ascending([...placesOf(one.text, organizationId), ...placesOf(two.text, organizationId)])).toEqual(upTo(700))
})

test('a process whose output takes nothing is overtaken when its lease is over, and moves nothing afterwards', async () => {
  await act(organizationId, 3)
  const [stuck, other] = [new MemoryOutput(), new MemoryOutput()]
  stuck.isStuck = true
  const waiting = streamEvents(stuck)
  await until(async () => expect(await holders()).toBeGreaterThan(0))
  expect(await rig.asAnotherProcess(() => streamEvents(other))).toBe(0)
  await lapse()
  await act(organizationId, 2)
  await rig.asAnotherProcess(() => streamAll(other))
  expect(placesOf(other.text, organizationId)).toEqual(upTo(5))
  stuck.emit('drain')
  await waiting
  expect(await positionOf(organizationId)).toBe(5)
})

test('a line holds no secret, though every act on tokens is in it', async () => {
  const actor = await makeActor()
  const apiClient = await makeApiClient(rig, actor)
  await connect(rig, { actor, apiClient })
  const output = new MemoryOutput()
  while ((await sealEvents('0')) !== 0);
  await streamAll(output)
  const secrets = secretsOf(rig.sandbox)
  expect(eventsIn(output.text).map(({ action }) => action)).toContain('connection.connected')
  expect(secrets.length).toBeGreaterThan(3)
  expect(secrets.filter((secret) => output.text.includes(secret))).toEqual([])
})

describe('processes', () => {
  /** What the process prints; one that is not read has to wait when its pipe is full, until its end lets everything through. */
  function collect(child: Child, { isRead }: { isRead: boolean }): { text: string } {
    const collected = { text: '' }
    child.stdout?.setEncoding('utf8').on('data', (part: string) => (collected.text += part))
    if (!isRead) child.stdout?.pause()
    return collected
  }

  test('one that is killed in the middle of its lines leaves no gap, because the next begins where lines were handed over', async () => {
    await act(organizationId, 1_500)
    const first = await children.start({ readOutput: true })
    const cut = collect(first, { isRead: false })
    await first.ask({ do: 'stream-audit' })
    // A pipe takes some sixty kilobytes; the first page of lines has more than four times that.
    await until(async () => expect(await holders()).toBeGreaterThan(0))
    await until(() => expect(first.stdout?.readableLength).toBeGreaterThan(0))
    // While its output stands still, the process itself goes on.
    expect(await first.ask({ do: 'warm-up' })).toEqual(['ready'])
    await first.kill()
    await lapse()
    const second = await children.start({ readOutput: true })
    const rest = collect(second, { isRead: true })
    await second.ask({ do: 'stream-audit' })
    await act(organizationId, 20)
    await until(() => expect(placesOf(rest.text, organizationId).at(-1)).toBe(1_520))
    await until(() => expect(placesOf(cut.text, organizationId).length).toBeGreaterThan(0))
    const [before, after] = [placesOf(cut.text, organizationId), placesOf(rest.text, organizationId)]
    expect(before).toEqual(upTo(before.length))
    expect(before.length).toBeLessThan(1_500)
    expect(after).toEqual(ascending(after))
    expect(ascending([...new Set([...before, ...after])])).toEqual(upTo(1_520))
    await second.kill()
  })
})

async function holders(): Promise<number> {
  const rows = await rig.database.sql('SELECT 1 FROM audit_stream_positions WHERE holder IS NOT NULL')
  return rows.length
}

/** Leases are timed by the database's clock, which no test moves. */
async function lapse(): Promise<void> {
  await rig.database.sql('UPDATE audit_stream_positions SET held_until = clock_timestamp() WHERE holder IS NOT NULL')
}

async function positionOf(chain: string): Promise<number> {
  const [row] = await rig.database.sql<{ sequence: string }>('SELECT sequence FROM audit_stream_positions WHERE chain = $1', [chain])
  return Number(row?.sequence)
}
