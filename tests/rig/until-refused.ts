import type { ConsoleProcess } from './console-process'
import { openFaultRig, type FaultRig } from './fault-rig'
import { summarize } from './milliseconds'
import type { ScenarioInput, Verdict } from './scenario'

const PROCESSES = 4
/** Of each process: 200 a second in all. */
const CALL_EVERY_MS = 20
const BEFORE_MS = 1_000
const AFTER_MS = 1_000

/** Something that four processes do from their memory until one act ends it. */
interface Ended {
  /** Calls a process once. @returns the status; 0 when there was no answer */
  call(console: ConsoleProcess): Promise<number>
  /** Returns when it is committed. */
  act(): Promise<void>
}

interface RefusalPromise {
  readonly rounds: number
  /** After the commit, whatever is sent later than this is refused. */
  readonly promisedMs: number
  readonly refusal: number
  prepare(rig: FaultRig): Promise<Ended>
}

interface Answer {
  readonly process: number
  readonly status: number
  /** When the call was sent: a busy machine answers late, and who was let in before is let through. */
  readonly sentAtMs: number
  readonly answeredAtMs: number
}

interface Round {
  readonly answers: readonly Answer[]
  /** Between these two the act was committed. */
  readonly actingAtMs: number
  readonly committedAtMs: number
}

/**
 * Four processes are called 200 times a second while an act ends what they answer: how long after the commit the last call
 * that got in was sent, and that every other answer is the one that belongs there.
 */
export async function untilRefused({ cluster, programs, say }: ScenarioInput, promise: RefusalPromise): Promise<Verdict> {
  const rig = await openFaultRig({ cluster, programs })
  const faults: string[] = []
  const lastMs: number[] = []
  try {
    const consoles = await Promise.all(Array.from({ length: PROCESSES }, () => rig.start()))
    for (let round = 1; round <= promise.rounds; round += 1) {
      const found = await actUnderLoad(consoles, await promise.prepare(rig), promise.promisedMs)
      const letIn = found.answers.filter(({ status }) => status === 200)
      const last = Math.max(...letIn.map(({ sentAtMs }) => sentAtMs)) - found.committedAtMs
      lastMs.push(last)
      faults.push(...faultsOf(found, promise).map((fault) => `round ${round}: ${fault}`))
      say(`round ${round}: the last of ${letIn.length} calls that got in was sent ${Math.round(last)} ms after the commit`)
    }
  } finally {
    await rig.close()
  }
  return { figures: { processes: PROCESSES, rounds: lastMs.length, lastSuccessAfterCommitMs: summarize(lastMs) }, faults }
}

async function actUnderLoad(consoles: readonly ConsoleProcess[], { call, act }: Ended, promisedMs: number): Promise<Round> {
  const [answers, calls] = [[] as Answer[], [] as Promise<void>[]]
  const ask = async (process: number, console: ConsoleProcess) => {
    const sentAtMs = performance.now()
    const status = await call(console).catch(() => 0)
    answers.push({ process, status, sentAtMs, answeredAtMs: performance.now() })
  }
  // A process that has just started is slow at its first call, and that is not what is asked here.
  await Promise.all(consoles.map((console) => call(console)))
  const timers = consoles.map((console, process) => setInterval(() => calls.push(ask(process, console)), CALL_EVERY_MS))
  await pause(BEFORE_MS)
  const actingAtMs = performance.now()
  await act()
  const committedAtMs = performance.now()
  await pause(promisedMs + AFTER_MS)
  for (const timer of timers) clearInterval(timer)
  await Promise.all(calls)
  return { answers, actingAtMs, committedAtMs }
}

/** Every process lets in before, and refuses what is sent later than promised; nothing else is answered. */
function faultsOf({ answers, actingAtMs, committedAtMs }: Round, { promisedMs, refusal }: RefusalPromise): string[] {
  const odd = answers.filter(({ status, sentAtMs, answeredAtMs }) => {
    if (answeredAtMs < actingAtMs) return status !== 200
    return sentAtMs > committedAtMs + promisedMs ? status !== refusal : status !== 200 && status !== refusal
  })
  const idle = Array.from({ length: PROCESSES }, (_, process) => process).filter((process) => {
    const own = answers.filter((answer) => answer.process === process)
    return !own.some(({ status }) => status === 200) || !own.some(({ status }) => status === refusal)
  })
  return [
    ...odd.slice(0, 3).map(({ process, status, sentAtMs }) => `process ${process} answered ${status} to a call of ${Math.round(sentAtMs - committedAtMs)} ms after the commit`),
    ...idle.map((process) => `process ${process} did not both let in and refuse`),
  ]
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
