import 'server-only'
import type { KeyMigration } from '@/contracts/key-migrations'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { PARTS, toDtos } from './to-dto'

const MOST = 100

/** The organization's migrations, newest first. */
export async function listKeyMigrations({ organizationId }: Pick<Viewer, 'organizationId'>): Promise<{ items: KeyMigration[] }> {
  const rows = await db().keyMigration.findMany({
    where: { organizationId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MOST,
    include: PARTS,
  })
  return { items: await toDtos(rows) }
}
