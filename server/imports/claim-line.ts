import 'server-only'
import { db } from '../db'
import { getRuntime } from '../runtime'
import type { ApiClient, ConnectionImport, ImportLine } from '../generated/prisma/client'

/** Longer than a refresh and the look at what it covers may take. */
const CLAIM_MS = 60_000

export type RunningImport = ConnectionImport & { readonly apiClient: ApiClient }
export type ClaimedLine = ImportLine & { readonly organizationId: string; readonly refreshTokenSealed: string; readonly import: RunningImport }

/**
 * Takes lines that are due and that no other process has in hand, in one statement. They are this process's for a
 * minute; one that dies leaves them to whoever comes after that.
 */
export async function claimLines(running: RunningImport, most: number): Promise<ClaimedLine[]> {
  const { clock, processId } = getRuntime()
  const now = clock()
  const claimed = await db().$queryRaw<{ number: number }[]>`
    WITH due AS MATERIALIZED (
      SELECT number FROM import_lines
      WHERE import_id = ${running.id}::uuid AND state = 'pending' AND next_try_at <= ${now} AND refresh_token_sealed IS NOT NULL
        AND EXISTS (SELECT 1 FROM connection_imports WHERE id = ${running.id}::uuid AND state = 'running')
      ORDER BY number LIMIT ${most} FOR UPDATE SKIP LOCKED
    )
    UPDATE import_lines SET claimed_by = ${processId}, next_try_at = ${new Date(now.getTime() + CLAIM_MS)}, tries = tries + 1, updated_at = ${now}
    FROM due WHERE import_lines.import_id = ${running.id}::uuid AND import_lines.number = due.number
    RETURNING import_lines.number`
  if (claimed.length === 0) return []
  const rows = await db().importLine.findMany({
    where: { importId: running.id, number: { in: claimed.map(({ number }) => number) }, claimedBy: processId },
    orderBy: { number: 'asc' },
  })
  return rows.flatMap(({ refreshTokenSealed, ...row }) =>
    refreshTokenSealed === null ? [] : [{ ...row, refreshTokenSealed, organizationId: running.organizationId, import: running }],
  )
}
