import 'server-only'
import type { ImportDetail } from '@/contracts/imports'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { IMPORT_PARTS, toDetails } from './to-dto'

const MOST = 100

/** The organization's imports, newest first; single tokens that a back end brought are not among them. */
export async function listImports({ organizationId }: Viewer): Promise<{ items: ImportDetail[] }> {
  const rows = await db().connectionImport.findMany({
    where: { organizationId, NOT: { actorKind: 'machine_key', total: 1 } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MOST,
    include: IMPORT_PARTS,
  })
  return { items: await toDetails(rows) }
}
