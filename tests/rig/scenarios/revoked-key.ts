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
  /** By this machine's clock, when the whole answer was there. */
  readonly atMs: number
}

/**
 * A key is revoked while four processes serve it 200 times a second: how long after the commit the last call got in, and
 * that every other answer is the one that belongs there.
 */
export const revokedKey: Scenario = async ({ cluster, programs, profile, say }) => {
  const rig = await openFaultRig({ cluster, programs })
  const faults: string[] = []
  const lastMs: number[] = []
  try {
    const consoles = await Promise.all(Array.from({ length: PROCESSES }, () => rig.start()))
    for (let round = 1; round <= ROUNDS[profile]; round += 1) {
      const { answers, committedAtMs } = await revokeUnderLoad(rig, consoles)
      const letIn = answers.filter(({ status }) => status === 200)
      const last = Math.max(...letIn.map(({ atMs }) => atMs)) - committedAtMs
      lastMs.push(last)
      faults.push(...faultsOf(answers, { committedAtMs, round }))
      say(`round ${round}: the last of ${letIn.length} calls got in ${Math.round(last)} ms after the commit`)
    }
  } finally {
    await rig.close()
  }
  return { figures: { processes: PROCESSES, rounds: lastMs.length, lastSuccessAfterCommitMs: summarize(lastMs) }, faults }
}

async function revokeUnderLoad(rig: FaultRig, consoles: readonly ConsoleProcess[]) {
  const { machineKey } = await plant(rig, { count: 0 })
  const [answers, calls] = [[] as Answer[], [] as Promise<void>[]]
  const timers = consoles.map(({ url }, process) =>
    setInterval(() => calls.push(callWith(machineKey, url).then((status) => void answers.push({ process, status, atMs: performance.now() }))), CALL_EVERY_MS),
  )
  await pause(BEFORE_MS)
  await rig.database.sql('UPDATE machine_keys SET revoked_at = now() WHERE digest = $1', [digest(machineKey)])
  const committedAtMs = performance.now()
  await pause(AFTER_MS)
  for (const timer of timers) clearInterval(timer)
  await Promise.all(calls)
  return { answers, committedAtMs }
}

/** Every process lets the key in before, and refuses it from a second after the commit on; nothing else is answered. */
function faultsOf(answers: readonly Answer[], { committedAtMs, round }: { committedAtMs: number; round: number }): string[] {
  const odd = answers.filter(({ status, atMs }) => {
    if (atMs < committedAtMs) return status !== 200
    return atMs > committedAtMs + PROMISED_MS ? status !== 401 : status !== 200 && status !== 401
  })
  const idle = Array.from({ length: PROCESSES }, (_, process) => process).filter((process) => {
    const own = answers.filter((answer) => answer.process === process)
    return !own.some(({ status }) => status === 200) || !own.some(({ status }) => status === 401)
  })
  return [
    ...odd.slice(0, 3).map(({ process, status, atMs }) => `round ${round}: process ${process} answered ${status} ${Math.round(atMs - committedAtMs)} ms after the commit`),
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
