import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import type { z } from 'zod'
import { isErrorCode } from '@/contracts/errors'
import type { importConnection } from '@/contracts/machine-api'
import { getMachineConnection } from '../connections/get-machine-connection'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { MachineActor } from '../http/machine-actor'
import { takeSlot } from '../refresh/take-slot'
import { getRuntime } from '../runtime'
import { claimLines, type RunningImport } from './claim-line'
import { machineActor } from './import-actor'
import { probeLine } from './probe-line'
import { startImport } from './start-import'
import { trustLines } from './trust-lines'

type Wish = z.output<(typeof importConnection)['body']>
const NAME = 'One token'

/**
 * Brings one refresh token, as an import of one line that is worked on at once. When Octorate can't be asked now, or its
 * turn would come late, it stays and is tried again by itself; the same call later tells how it went.
 *
 * @throws AppError `reconnect_required` when Octorate refuses the token; `temporarily_unavailable`; what is wrong else.
 */
export async function importOne(actor: MachineActor, { apiClientId, probe, ...line }: Wish) {
  const who = machineActor(actor)
  const id = await startImport(who, { apiClientId, probe, name: line.name ?? NAME, lines: [{ ...line, number: 1 }] })
  const running = await db().connectionImport.findUniqueOrThrow({ where: { id }, include: { apiClient: true } })
  if (probe) await probeInTurn(running)
  else await trustLines(await claimLines(running, 1))
  return outcomeOf(actor, id)
}

/** In the lane of the API client, as every other refresh; when that is taken, the import's own job tries the token later. */
async function probeInTurn(running: RunningImport): Promise<void> {
  const waitMs = await takeSlot(running.apiClientId)
  if (waitMs === null) return
  await wait(waitMs)
  await Promise.all((await claimLines(running, 1)).map(probeLine))
}

async function outcomeOf({ caller }: MachineActor, importId: string) {
  const line = await db().importLine.findFirstOrThrow({
    where: { importId, import: { organizationId: caller.organizationId } },
    select: { state: true, reason: true, connectionId: true, nextTryAt: true },
  })
  if (line.state === 'stored' || line.state === 'duplicate') {
    return { outcome: line.state, connection: await getMachineConnection(caller, line.connectionId) } as const
  }
  if (line.state !== 'pending') throw new AppError(isErrorCode(line.reason) ? line.reason : 'import_not_running')
  const leftMs = line.nextTryAt.getTime() - getRuntime().clock().getTime()
  throw new AppError('temporarily_unavailable', { retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1_000)) })
}
