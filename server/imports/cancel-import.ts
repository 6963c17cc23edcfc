import 'server-only'
import type { ImportDetail } from '@/contracts/imports'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import { addJob } from '../jobs/add-job'
import { getRuntime } from '../runtime'
import { getImport } from './get-import'
import { giveUpCancelled } from './give-up-cancelled'
import type { ImportActor } from './import-actor'

/** By then whatever is in hand has ended. */
const LOOK_AGAIN_MS = 60_000

/**
 * Gives up what waits of a running import and wipes those tokens. What a process has in hand at this moment ends as it
 * ends: an answer of Octorate's is never thrown away.
 *
 * @throws AppError `not_found`, `import_not_running`
 */
export async function cancelImport(who: ImportActor, id: string): Promise<ImportDetail> {
  await getImport(who, id)
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const cancelled = await tx.connectionImport.updateMany({
      where: { id, organizationId: who.organizationId, state: 'running' },
      data: { state: 'cancelled', finishedAt: now },
    })
    if (cancelled.count === 0) throw new AppError('import_not_running')
    await giveUpCancelled({ id }, tx)
    await recordAudit(tx, {
      action: 'import.cancelled', outcome: 'success', organizationId: who.organizationId, actor: who.actor,
      target: { kind: 'import', id }, context: who.context, at: now,
    })
    await addJob(tx, { name: 'run_import', payload: { importId: id } }, { key: `import:${id}`, runInMs: LOOK_AGAIN_MS })
  })
  return getImport(who, id)
}
