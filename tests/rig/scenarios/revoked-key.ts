import { digest } from '@/server/crypto/digest'
import type { ConsoleProcess } from '../console-process'
import { openFaultRig, type FaultRig } from '../fault-rig'
import { summarize } from '../milliseconds'
import { plant } from '../plant'
import type { Scenario } from '../scenario'

const PROCESSES = 4
const ROUNDS = { small: 2, full: 20 } as const
/** Of each process: 200 a second in all. */
const CALL_EVERY_MS = 20
const BEFORE_MS = 1_000
const AFTER_MS = 2_000
const PROMISED_MS = 1_000

interface Answer {
  readonly process: number
  readonly status: number
  /** When the call was sent: a busy machine answers late, and who was let in before is let through. */
  readonly sentAtMs: number
  readonly answeredAtMs: number
}

/**
 * A key is revoked while four processes serve it 200 times a second: how long after the commit the last call that got
 * in was sent, and that every other answer is the one that belongs there.
 */
export const revokedKey: Scenario = async ({ cluster, programs, profile, say }) => {
  const rig = await openFaultRig({ cluster, programs })
  const faults: string[] = []
  const lastMs: number[] = []
  try {
    const consoles = await Promise.all(Array.from({ length: PROCESSES }, () => rig.start()))
    for (let round = 1; round <= ROUNDS[profile]; round += 1) {
      const found = await revokeUnderLoad(rig, consoles)
      const letIn = found.answers.filter(({ status }) => status === 200)
      const last = Math.max(...letIn.map(({ sentAtMs }) => sentAtMs)) - found.committedAtMs
      lastMs.push(last)
      faults.push(...faultsOf(found, round))
      say(`round ${round}: the last of ${letIn.length} calls that got in was sent ${Math.round(last)} ms after the commit`)
    }
  } finally {
    await rig.close()
  }
  return { figures: { processes: PROCESSES, rounds: lastMs.length, lastSuccessAfterCommitMs: summarize(lastMs) }, faults }
}

interface Round {
  readonly answers: readonly Answer[]
  /** Between these two the revocation was committed. */
  readonly revokingAtMs: number
  readonly committedAtMs: number
}

async function revokeUnderLoad(rig: FaultRig, consoles: readonly ConsoleProcess[]): Promise<Round> {
  const { machineKey } = await plant(rig, { count: 0 })
  const [answers, calls] = [[] as Answer[], [] as Promise<void>[]]
  const call = async (process: number, url: string) => {
    const sentAtMs = performance.now()
    const status = await callWith(machineKey, url)
    answers.push({ process, status, sentAtMs, answeredAtMs: performance.now() })
  }
  // A process that has just started is slow at its first call, and that is not what is asked here.
  await Promise.all(consoles.map(({ url }) => callWith(machineKey, url)))
  const timers = consoles.map(({ url }, process) => setInterval(() => calls.push(call(process, url)), CALL_EVERY_MS))
  await pause(BEFORE_MS)
  const revokingAtMs = performance.now()
  await rig.database.sql('UPDATE machine_keys SET revoked_at = now() WHERE digest = $1', [digest(machineKey)])
  const committedAtMs = performance.now()
  await pause(AFTER_MS)
  for (const timer of timers) clearInterval(timer)
  await Promise.all(calls)
  return { answers, revokingAtMs, committedAtMs }
}

/** Every process lets the key in before, and refuses what is sent later than a second after the commit; nothing else is answered. */
function faultsOf({ answers, revokingAtMs, committedAtMs }: Round, round: number): string[] {
  const odd = answers.filter(({ status, sentAtMs, answeredAtMs }) => {
    if (answeredAtMs < revokingAtMs) return status !== 200
    return sentAtMs > committedAtMs + PROMISED_MS ? status !== 401 : status !== 200 && status !== 401
  })
  const idle = Array.from({ length: PROCESSES }, (_, process) => process).filter((process) => {
    const own = answers.filter((answer) => answer.process === process)
    return !own.some(({ status }) => status === 200) || !own.some(({ status }) => status === 401)
  })
  return [
    ...odd.slice(0, 3).map(({ process, status, sentAtMs }) => `round ${round}: process ${process} answered ${status} to a call of ${Math.round(sentAtMs - committedAtMs)} ms after the commit`),
    ...idle.map((process) => `round ${round}: process ${process} did not both let in and refuse`),
  ]
}

/** @returns the status; 0 when there was no answer. */
async function callWith(key: string, url: string): Promise<number> {
  try {
    const answer = await fetch(`${url}/api/v1/connections?limit=1`, { headers: { authorization: `Bearer ${key}` } })
    await answer.arrayBuffer()
    return answer.status
  } catch {
    return 0
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
