import { randomBytes } from 'node:crypto'
import { createFaultRules } from '../control/fault-rules'
import { createReport } from '../control/report'
import { createTape } from '../control/tape'
import { createSessions } from '../consent/sessions'
import { bearerKey, createBearers } from './bearer'
import { restoreCheckpoint } from './checkpoint'
import { createCheckpoints } from './checkpoints'
import { SandboxClock, type Clock } from './clock'
import { takeDataFolder } from './data-folder'
import { createMemoryTruthLog } from './memory-truth-log'
import { createQuotaMeter } from './quota-meter'
import type { Seed } from './seed'
import { defaultSettings, type SandboxSettings } from './settings'
import { applyTruth } from './apply-truth'
import { createState, type State } from './state'
import { openTruthFile } from './truth-file'
import type { TruthRecord } from './truth-event'
import type { TruthLog } from './truth-log'
import type { World } from './world'

export type WorldOptions = {
  readonly clock: Clock
  readonly seed: Seed
  readonly settings: Partial<SandboxSettings>
  readonly truthLogLimit: number
  readonly tapeLimit: number
  readonly dataFolder?: string
}

/** Builds a sandbox's insides: from the seed, or from what the data folder's truth log says. */
export async function openWorld(options: WorldOptions): Promise<{ readonly world: World; close(): Promise<void> }> {
  const clock = new SandboxClock(options.clock)
  const state = createState()
  const { log, masterKey, isNew, applied, close } = await openLog(options, state, clock)
  const world: World = {
    clock,
    state,
    log,
    seed: options.seed,
    bearers: createBearers(bearerKey(masterKey), {
      current: () => state.generation,
      counts: (generation) => state.validGenerations.has(generation),
    }),
    faults: createFaultRules(),
    tape: createTape(options.tapeLimit, state),
    report: createReport(),
    quota: createQuotaMeter(),
    sessions: createSessions(),
    record: (event) => {
      applyTruth(state, log.append(event, clock.now()))
      applied()
    },
  }
  if (isNew()) world.record({ type: 'sandbox.seeded', seed: options.seed, settings: { ...defaultSettings, ...options.settings } })
  else if (Object.keys(options.settings).length > 0) world.record({ type: 'settings.changed', settings: options.settings })
  await log.durable()
  return { world, close }
}

type OpenLog = {
  readonly log: TruthLog
  readonly masterKey: Buffer
  isNew(): boolean
  /** called after every fact */
  applied(): void
  close(): Promise<void>
}

async function openLog({ dataFolder, truthLogLimit }: WorldOptions, state: State, clock: SandboxClock): Promise<OpenLog> {
  if (dataFolder === undefined) {
    const log = createMemoryTruthLog(truthLogLimit)
    return { log, masterKey: randomBytes(32), isNew: () => true, applied: () => undefined, close: () => log.close() }
  }
  const folder = takeDataFolder(dataFolder)
  const { checkpointPath, masterKey, truthPath } = folder
  try {
    const from = restoreCheckpoint(state, clock, { path: checkpointPath, truthPath })
    const log = await openTruthFile(truthPath, from, (record) => replay(record, state, clock))
    const checkpoints = createCheckpoints({ state, clock, log, truthPath, checkpointPath, from })
    const close = async () => {
      await checkpoints.write().finally(() => log.close()).finally(() => folder.release())
    }
    return { log, masterKey, isNew: () => log.position().sequence === 0, applied: checkpoints.applied, close }
  } catch (error) {
    folder.release()
    throw error
  }
}

function replay(record: TruthRecord, state: State, clock: SandboxClock): void {
  if (record.type === 'clock.changed' || record.type === 'snapshot.restored') clock.become(record.clock)
  applyTruth(state, record)
}
