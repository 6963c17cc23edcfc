import 'server-only'
import { EventEmitter } from 'node:events'
import { run, type JobHelpers, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker'
import type { Pool } from 'pg'
import { makePool } from '../db'
import { toAppError } from '../http/to-app-error'
import { log } from '../log'
import { pause } from '../pause'
import { startHeartbeat } from './heartbeat'
import { JOBS, type JobName, type JobPayload, type Task } from './jobs'
import { TASKS } from './tasks'
import { workerLogger } from './worker-logger'

/** Enough that a mail does not wait behind two long imports. */
const AT_ONCE = 4
/** One listens, one for each job, one beats. */
const POOL_SIZE = AT_ONCE + 2
/** Whoever adds a job says so at once; this is for a database behind a pooler, which passes nothing on. */
const POLL_MS = 10_000
const AGAIN_AFTER_MS = 2_000
/** Failures to ask for a job, one after the other, after which the runner is made anew. */
const MOST_FAILURES = 4
/**
 * Without batches the library leaves the promise of a job's end to nobody, and one that a lost connection rejects would end
 * the process; with them it is tried again.
 */
const BATCHED = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } }

/**
 * Runs jobs in this process until it is stopped: those under way end first, early if they can. A database that goes
 * away ends nothing: the runner is made again until it is back.
 *
 * @param ownerUrl the owner's address: the queue's tables are closed to the application's role.
 */
export async function startJobs(ownerUrl: string): Promise<{ stop(): Promise<void> }> {
  const pool = makePool(ownerUrl, POOL_SIZE, log())
  const stopping = new AbortController()
  let begun: Begun | null = null
  let first: () => void = () => undefined
  const started = new Promise<void>((resolve) => (first = resolve))
  const keepRunning = async () => {
    while (!stopping.signal.aborted) {
      try {
        begun = await begin(pool, stopping.signal)
        first()
        await begun.runner.promise
      } catch (err) {
        if (!stopping.signal.aborted) log().warn({ err }, 'jobs can not be run just now; they are tried again')
      }
      first()
      await begun?.heartbeat?.stop()
      await pause(AGAIN_AFTER_MS, stopping.signal)
    }
  }
  const running = keepRunning()
  await started
  return {
    async stop() {
      stopping.abort()
      await begun?.runner.stop().catch(() => undefined)
      await running
      await pool.end()
    },
  }
}

interface Begun {
  readonly runner: Runner
  readonly heartbeat: { stop(): Promise<void> } | null
}

async function begin(pool: Pool, stopping: AbortSignal): Promise<Begun> {
  const events: WorkerEvents = new EventEmitter()
  let heartbeat: Begun['heartbeat'] = null
  events.once('pool:create', ({ workerPool: { id } }) => (heartbeat = startHeartbeat(pool, id)))
  const runner = await run({
    pgPool: pool, events, logger: workerLogger(log()), taskList: taskList(stopping), parsedCronItems: [],
    concurrency: AT_ONCE, pollInterval: POLL_MS, noHandleSignals: true, preset: BATCHED,
  })
  stopWhenLost(runner, events)
  return { runner, heartbeat }
}

/**
 * The library remembers what it learned of its tasks at first, a failure included: a runner that met a lost connection then
 * would never do a job again. It is stopped, and another is begun.
 */
function stopWhenLost(runner: Runner, events: WorkerEvents): void {
  let failures = 0
  const succeed = () => void (failures = 0)
  events.on('worker:getJob:empty', succeed)
  events.on('job:start', succeed)
  events.on('worker:getJob:error', () => {
    failures += 1
    if (failures === MOST_FAILURES) void runner.stop().catch(() => undefined)
  })
}

/** Our tasks as graphile-worker calls them. What it keeps of an error is our code of it: messages may quote anything. */
function taskList(stopping: AbortSignal): TaskList {
  return Object.fromEntries(
    (Object.keys(TASKS) as JobName[]).map((name) => [
      name,
      async (payload: unknown, { job }: JobHelpers) => {
        try {
          await perform(name, payload, stopping)
        } catch (error) {
          const { code, cause } = toAppError(error)
          log().error({ job: job.id, name, refusal: code, err: cause ?? error }, 'a job failed; it is tried again')
          throw new Error(code, { cause: error })
        }
      },
    ]),
  )
}

function perform<N extends JobName>(name: N, payload: unknown, stopping: AbortSignal): Promise<void> {
  const task: Task<N> = TASKS[name]
  return task(JOBS[name].parse(payload) as JobPayload<N>, stopping)
}
