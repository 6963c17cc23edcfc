import { randomUUID } from 'node:crypto'
import type { ConsoleProcess } from '../console-process'
import { openFaultRig, type FaultRig } from '../fault-rig'
import { askForToken } from '../hand-out'
import { summarize } from '../milliseconds'
import { plant, type Planted } from '../plant'
import type { Scenario } from '../scenario'

const PROCESSES = 4
const ROUNDS = { small: 1, full: 20 } as const
const CONNECTIONS = 20
/** Of each process. */
const CALL_EVERY_MS = 20
const BEFORE_MS = 1_000
const AFTER_MS = 2_500
const PROMISED_MS = 2_000

interface Answer {
  readonly process: number
  readonly status: number
  /** When the call was sent: a busy machine answers late, and who was let in before is let through. */
  readonly sentAtMs: number
  readonly answeredAtMs: number
}

/**
 * An organization is frozen while four processes hand its tokens out from their memory: how long after the commit the last
 * call that got one was sent, and that every other answer is the one that belongs there.
 */
export const freeze: Scenario = async ({ cluster, programs, profile, say }) => {
  const rig = await openFaultRig({ cluster, programs })
  const faults: string[] = []
  const lastMs: number[] = []
  try {
    const consoles = await Promise.all(Array.from({ length: PROCESSES }, () => rig.start()))
    for (let round = 1; round <= ROUNDS[profile]; round += 1) {
      const { answers, freezingAtMs, committedAtMs } = await freezeUnderLoad(rig, consoles)
      const letIn = answers.filter(({ status }) => status === 200)
      const last = Math.max(...letIn.map(({ sentAtMs }) => sentAtMs)) - committedAtMs
      lastMs.push(last)
      const odd = answers.filter(({ status, sentAtMs, answeredAtMs }) => {
        if (answeredAtMs < freezingAtMs) return status !== 200
        return sentAtMs > committedAtMs + PROMISED_MS ? status !== 423 : status !== 200 && status !== 423
      })
      faults.push(...odd.slice(0, 3).map(({ process, status }) => `round ${round}: process ${process} answered ${status} out of turn`))
      for (let process = 0; process < PROCESSES; process += 1) {
        const own = answers.filter((answer) => answer.process === process).map(({ status }) => status)
        if (!own.includes(200) || !own.includes(423)) faults.push(`round ${round}: process ${process} did not both hand out and refuse`)
      }
      say(`round ${round}: the last of ${letIn.length} tokens was asked for ${Math.round(last)} ms after the commit`)
    }
  } finally {
    await rig.close()
  }
  return { figures: { processes: PROCESSES, rounds: lastMs.length, lastTokenAfterCommitMs: summarize(lastMs) }, faults }
}

async function freezeUnderLoad(rig: FaultRig, consoles: readonly ConsoleProcess[]) {
  const planted = await plant(rig, { count: CONNECTIONS })
  const [answers, calls] = [[] as Answer[], [] as Promise<void>[]]
  let asked = 0
  const call = async (process: number, console: ConsoleProcess) => {
    asked += 1
    const connectionId = planted.connectionIds[asked % CONNECTIONS] ?? ''
    const sentAtMs = performance.now()
    const { status } = await askForToken(console, planted.machineKey, connectionId)
    answers.push({ process, status, sentAtMs, answeredAtMs: performance.now() })
  }
  // A process that has just started is slow at its first calls, and that is not what is asked here.
  await Promise.all(consoles.flatMap((console) => planted.connectionIds.map((id) => askForToken(console, planted.machineKey, id))))
  const timers = consoles.map((console, process) => setInterval(() => calls.push(call(process, console)), CALL_EVERY_MS))
  await pause(BEFORE_MS)
  const freezingAtMs = performance.now()
  await place(rig, planted)
  const committedAtMs = performance.now()
  await pause(AFTER_MS)
  for (const timer of timers) clearInterval(timer)
  await Promise.all(calls)
  return { answers, freezingAtMs, committedAtMs }
}

async function place(rig: FaultRig, { organizationId, userId }: Planted): Promise<void> {
  await rig.database.sql(
    `INSERT INTO freezes (id, organization_id, target_kind, target_id, reason, frozen_by_user_id, frozen_at)
     VALUES ($1, $2, 'organization', $2, 'A key leaked', $3, $4)`,
    [randomUUID(), organizationId, userId, rig.now()],
  )
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
