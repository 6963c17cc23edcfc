import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { findPostgresPlace } from '@/server/database/postgres-place'
import { startCluster, type Cluster } from '../../cluster'
import { emptyIfGone } from '../../empty-if-gone'
import { filesBelow } from '../../files-below'
import { makeDataFolder } from '../../postgres-setup'
import { eventually } from '../../processes'
import type { ConsoleProcess } from '../console-process'
import { openFaultRig, type FaultRig } from '../fault-rig'
import { askForToken, type HandOut } from '../hand-out'
import { summarize } from '../milliseconds'
import { pause } from '../pass-time'
import { plant, type Planted } from '../plant'
import type { Scenario, ScenarioInput } from '../scenario'
import { mountSmallDisk, type SmallDisk } from '../small-disk'
import { inspectPairs, isLive } from '../stored-pairs'
import { countRefused, readRefreshes } from '../truth'
import { CONNECTIONS } from '../with-cluster'
import { writeLogUntilItEnds } from '../write-log-until-it-ends'

/** What is full: the tables' disk; its write-ahead log too, so that PostgreSQL ends; the spool's disk too; and more answers come than its reserve holds. */
const CASES = ['tables', 'log', 'spool', 'beyond'] as const
type Case = (typeof CASES)[number]
type Mode = 'off' | 'rotate'

const SIZES = {
  small: { plays: [['tables', 'off'], ['tables', 'rotate'], ['beyond', 'rotate']], connections: 60, fullMs: 6_000 },
  /** Longer than a lease. */
  full: { plays: CASES.flatMap((name) => [[name, 'off'], [name, 'rotate']] as const), connections: 120, fullMs: 45_000 },
} as const
/** PostgreSQL's cluster with the rig's databases, and segments of its log. */
const DATABASE_DISK_MB = 256
const DATA_DISK_MB = 32
/** Octorate has renewed the tokens, and its answers come when the disk is full. */
const ANSWERS_AFTER_MS = { tables: 2_000, log: 10_000, spool: 10_000, beyond: 10_000 } as const
/** Refreshes that one console has under way; with two of the second kind there are more answers than the reserve holds. */
const IN_FLIGHT = 16
const IN_FLIGHT_BEYOND = 160
/** What a console sets aside for answers, on a disk of its own. */
const RESERVE_BYTES = 1 << 20
const ALL_SENT_WITHIN_MS = 15_000
const DRAINS_WITHIN_MS = 30_000
const RENEWED_WITHIN_MS = 60_000
const ASK_EVERY_MS = 50
const RETRYABLE = ['database_unavailable', 'temporarily_unavailable']

interface Disks {
  readonly database: SmallDisk
  readonly data: SmallDisk
}

/**
 * The disks of the database and of the spool fill up while refreshes are under way whose tokens may work once only, and
 * are given room again. Every answer is kept, no token is sent twice, back ends are told to come back, no process ends,
 * and with the room all is well within half a minute.
 */
export const diskFull: Scenario = async (input) => {
  const folder = await makeDataFolder()
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), 'keyrack-rig-'))
  const place = await findPostgresPlace(folder)
  const database = await mountSmallDisk(place.folder, DATABASE_DISK_MB)
  const data = typeof database === 'string' ? database : await mountSmallDisk(dataFolder, DATA_DISK_MB)
  let cluster: Cluster | null = null
  try {
    if (typeof database === 'string') return skip(input, database)
    if (typeof data === 'string') return skip(input, data)
    cluster = await startCluster(CONNECTIONS, folder)
    const figures: Record<string, unknown> = {}
    const faults: string[] = []
    for (const [name, mode] of SIZES[input.profile].plays) {
      const played = await play({ input, cluster, disks: { database, data } }, name, mode)
      figures[`${name} ${mode}`] = played.figures
      faults.push(...played.faults.map((fault) => `${name} ${mode}: ${fault}`))
      input.say(`${name} ${mode}: ${JSON.stringify(played)}`)
    }
    return { figures, faults }
  } finally {
    // What runs on a disk ends before the disk does.
    for (const disk of [database, data]) if (typeof disk !== 'string') await disk.free()
    await cluster?.close().catch(() => undefined)
    for (const disk of [database, data]) if (typeof disk !== 'string') await disk.close()
    for (const each of [dataFolder, place.movedTo ?? folder, folder]) await rm(each, { recursive: true, force: true })
  }
}

function skip({ say }: ScenarioInput, skipped: string) {
  say(`disk-full was not played: ${skipped}`)
  return { figures: {}, faults: [], skipped }
}

interface Given {
  readonly input: ScenarioInput
  readonly cluster: Cluster
  readonly disks: Disks
}

async function play({ input, cluster, disks }: Given, name: Case, mode: Mode) {
  const { connections, fullMs } = SIZES[input.profile]
  const count = name === 'beyond' ? 3 * IN_FLIGHT_BEYOND : connections
  const inFlight = name === 'beyond' ? IN_FLIGHT_BEYOND : IN_FLIGHT
  const dataFolder = path.join(disks.data.folder, `${name}-${mode}`)
  // Consoles of one machine share a spool, those of two have one each.
  const folders = name === 'tables' ? ['1', '2'].map((machine) => path.join(dataFolder, machine)) : [dataFolder]
  for (const each of folders) await mkdir(each, { recursive: true })
  const rig = await openFaultRig({ cluster, programs: input.programs, connectWithinMs: 2_000 })
  const asked: HandOut[] = []
  let isOver = false
  try {
    await rig.sandbox.call('PATCH', 'settings', { refreshRotation: mode })
    const planted = await plant(rig, { count })
    const { machineKey, connectionIds } = planted
    const env = { KEYRACK_REFRESH_RATE: '0', KEYRACK_REFRESH_IN_FLIGHT: String(inFlight) }
    const consoles = await Promise.all([rig.start(env, folders.at(0)), rig.start(env, folders.at(-1))])
    for (const each of consoles) if ((await askForToken(each, machineKey, connectionIds[0] ?? '')).status !== 200) throw new Error('nothing is handed out')
    await rig.sandbox.addFault({ endpoint: 'identity/refresh', kind: 'delay', delayAfterMs: ANSWERS_AFTER_MS[name], count: 0 })
    // One after the other: two that find no room set aside at one moment set it aside twice.
    for (const [index, each] of consoles.entries()) {
      await each.startWork()
      await eventually(() => sizeOf(path.join(folders.at(-index) ?? '', 'spool.reserve')), (bytes) => bytes >= RESERVE_BYTES)
    }
    const sentAtOnce = await begin(rig, 2 * inFlight)
    await fillUp(rig, disks, name)
    const load = consoles.map((each) => keepAsking(each, planted, (got) => (asked.push(got), isOver)))
    const looks = await look({ dataFolder, consoles, forMs: fullMs + ANSWERS_AFTER_MS[name] })
    const sentWhileFull = (await readRefreshes(rig)).length
    const secrets = await readSecrets(rig)
    const plain = await countPlain(dataFolder, consoles, secrets)
    isOver = true
    await Promise.all(load)
    await Promise.all([disks.database.free(), disks.data.free()])
    const freedAt = performance.now()
    const left = await eventually(() => countWaiting(rig, dataFolder), (waiting) => waiting === 0, DRAINS_WITHIN_MS)
    const drainMs = Math.round(performance.now() - freedAt)
    // It may have to come up once more: what it was told is said again then.
    await eventually(() => forgetReplica(rig).then(() => true, () => false), Boolean, DRAINS_WITHIN_MS)
    await rig.sandbox.clearFaults()
    await rig.database.sql('UPDATE connections SET next_refresh_at = $1 WHERE access_token_version = 1', [rig.now()])
    const renewed = await eventually(() => countRenewed(rig), (done) => done === count, RENEWED_WITHIN_MS)
    const after = await Promise.all(consoles.map((each) => askForToken(each, machineKey, connectionIds[0] ?? '')))
    const pairs = await inspectPairs(rig, connectionIds)
    const lost = pairs.filter((pair) => !isLive(pair)).length
    const refused = await countRefused(rig)
    const perGrant = countEach((await readRefreshes(rig)).map(({ grant }) => grant))
    const bad = asked.filter((got) => got.status !== 200 && !('code' in got && got.status === 503 && RETRYABLE.includes(got.code) && got.retryAfterSeconds !== null))
    return {
      figures: {
        connections: count, sentAtOnce, sentWhileFull: sentWhileFull - sentAtOnce, spooled: looks.spooled, inMemory: looks.inMemory, drainMs, lost, sentTwice: perGrant.filter((times) => times > 1).length,
        asks: asked.length, answered503: asked.filter(({ status }) => status === 503).length, askMs: summarize(asked.map(({ ms }) => ms)),
      },
      faults: [
        ...(looks.spooled > 0 ? [] : ['no answer came to the spool, so nothing was shown']),
        ...(name !== 'beyond' || looks.inMemory > 0 ? [] : ['the reserve held every answer, so nothing was shown']),
        ...(looks.unhealthy === 0 ? [] : [`/healthz was silent ${looks.unhealthy} times`]),
        ...(looks.readiness.some((said) => said.includes('"spool":"waiting"')) ? [] : [`/readyz said nothing: ${looks.readiness.join(' ')}`]),
        ...(plain === 0 ? [] : [`${plain} tokens lie open on the disk or in the log`]),
        ...(left === 0 ? [] : [`${left} answers wait half a minute after there is room`]),
        ...(renewed === count ? [] : [`${count - renewed} were not renewed`]),
        ...(lost === 0 ? [] : [`${lost} stored pairs are not the live ones`]),
        ...(refused === 0 && perGrant.every((times) => times === 1) ? [] : [`${refused} refreshes were refused, and ${perGrant.filter((times) => times > 1).length} grants refreshed twice`]),
        ...(bad.length === 0 ? [] : [`${bad.length} other answers: ${[...new Set(bad.map((got) => `${got.status} ${'code' in got ? got.code : ''}`))].join(', ')}`]),
        ...(after.every(({ status }) => status === 200) ? [] : ['a console hands nothing out afterwards']),
        ...(consoles.every(({ isAlive }) => isAlive) ? [] : ['a process ended']),
      ],
    }
  } finally {
    isOver = true
    await Promise.all([disks.database.free(), disks.data.free()])
    // It may have ended and not be back yet: what went wrong above must be said, and not that.
    await eventually(() => rig.database.sql('SELECT 1').then(() => true, () => false), Boolean, DRAINS_WITHIN_MS)
    await rig.close()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

function sizeOf(file: string): Promise<number> {
  return stat(file).then(({ size }) => size, () => 0)
}

/** Makes every connection due. @returns how many refreshes Octorate has done, as soon as so many are sent */
async function begin(rig: FaultRig, wanted: number): Promise<number> {
  await rig.database.sql('UPDATE connections SET next_refresh_at = $1', [rig.now()])
  return (await eventually(() => readRefreshes(rig), (done) => done.length >= wanted, ALL_SENT_WITHIN_MS)).length
}

async function fillUp(rig: FaultRig, disks: Disks, name: Case): Promise<void> {
  // Somebody's replica that is gone keeps PostgreSQL from using the files of its log anew.
  if (name !== 'tables') await rig.database.sql("SELECT pg_create_physical_replication_slot('gone', true)")
  if (name === 'spool' || name === 'beyond') await disks.data.takeAll()
  await disks.database.keepFull()
  if (name !== 'tables') await writeLogUntilItEnds(rig)
}

/** The replica that is gone, and the files of the log that were kept for it. */
async function forgetReplica({ database }: FaultRig): Promise<void> {
  await database.sql("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = 'gone'")
  await database.sql('CHECKPOINT')
}

interface Looks {
  /** Answers on the disk at most. */
  readonly spooled: number
  /** Answers that had no room even there. */
  readonly inMemory: number
  readonly unhealthy: number
  /** What /readyz said, each once. */
  readonly readiness: readonly string[]
}

async function look({ dataFolder, consoles, forMs }: { dataFolder: string; consoles: readonly ConsoleProcess[]; forMs: number }): Promise<Looks> {
  const until = performance.now() + forMs
  const readiness = new Set<string>()
  let [spooled, unhealthy] = [0, 0]
  while (performance.now() < until) {
    await pause(500)
    spooled = Math.max(spooled, await countSpooled(dataFolder))
    for (const { url } of consoles) {
      const said = await fetch(`${url}/readyz`).then((response) => response.text(), () => 'nothing')
      readiness.add(said)
      const isHealthy = await fetch(`${url}/healthz`).then(({ ok }) => ok, () => false)
      if (!isHealthy) unhealthy += 1
    }
  }
  const inMemory = consoles.reduce((sum, each) => sum + each.output().split('it is in memory alone until').length - 1, 0)
  return { spooled, inMemory, unhealthy, readiness: [...readiness] }
}

async function keepAsking(console: ConsoleProcess, { machineKey, connectionIds }: Planted, note: (got: HandOut) => boolean): Promise<void> {
  for (let asks = 0; ; asks += 1) {
    if (note(await askForToken(console, machineKey, connectionIds[asks % connectionIds.length] ?? ''))) return
    await pause(ASK_EVERY_MS)
  }
}

async function countSpooled(dataFolder: string): Promise<number> {
  return (await readdir(dataFolder, { recursive: true })).filter((name) => name.endsWith('.answer.json')).length
}

/** On the disk, or in the journal and unread; at least one while the database does not say. */
async function countWaiting({ database }: FaultRig, dataFolder: string): Promise<number> {
  const rows = await database.sql<{ count: number }>("SELECT count(*)::int AS count FROM grant_journal WHERE state = 'received'").catch(() => [{ count: 1 }])
  return (await countSpooled(dataFolder)) + (rows[0]?.count ?? 0)
}

async function countRenewed({ database }: FaultRig): Promise<number> {
  const [row] = await database.sql<{ count: number }>('SELECT count(*)::int AS count FROM connections WHERE access_token_version > 1')
  return row?.count ?? 0
}

async function readSecrets(rig: FaultRig): Promise<string[]> {
  return (await rig.sandbox.truth()).flatMap((record) => ['accessToken', 'refreshToken'].map((name) => record[name])).filter((value) => typeof value === 'string')
}

/** Tokens that can be read in what the consoles wrote. A file that found no room is gone again before it is read. */
async function countPlain(dataFolder: string, consoles: readonly ConsoleProcess[], secrets: readonly string[]): Promise<number> {
  const texts = await Promise.all((await filesBelow(dataFolder)).map((file) => readFile(file, 'latin1').catch(emptyIfGone)))
  const written = [...texts, ...consoles.map((each) => each.output())].join('\n')
  return secrets.filter((secret) => written.includes(secret)).length
}

function countEach(values: readonly number[]): number[] {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts.values()]
}
