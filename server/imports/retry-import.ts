import 'server-only'
import type { ImportDetail } from '@/contracts/imports'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import { addJob } from '../jobs/add-job'
import { getRuntime } from '../runtime'
import { getImport } from './get-import'
import type { ImportActor } from './import-actor'

/** Tries again the failed lines whose token is kept. @throws AppError `not_found`, `conflict` when there are none */
export async function retryImport(who: ImportActor, id: string): Promise<ImportDetail> {
  await getImport(who, id)
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const open = await tx.connectionImport.updateMany({
      where: { id, organizationId: who.organizationId, state: { in: ['running', 'finished'] } },
      data: { state: 'running', finishedAt: null },
    })
    const again = await tx.importLine.updateMany({
      where: { importId: id, state: 'failed', refreshTokenSealed: { not: null } },
      data: { state: 'pending', reason: null, tries: 0, nextTryAt: now, updatedAt: now },
    })
    if (open.count === 0 || again.count === 0) throw new AppError('conflict')
    await recordAudit(tx, {
      action: 'import.started', outcome: 'success', organizationId: who.organizationId, actor: who.actor,
      target: { kind: 'import', id }, detail: { again: again.count }, context: who.context, at: now,
    })
    await addJob(tx, { name: 'run_import', payload: { importId: id } }, { key: `import:${id}` })
  })
  return getImport(who, id)
}
