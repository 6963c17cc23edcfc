import 'server-only'
import type { Transaction } from '../db'

/** The organization's top up that is not over: some connection of it was not refreshed yet. @returns its id */
export async function findRunning(tx: Pick<Transaction, '$queryRaw'>, organizationId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM top_ups t
    WHERE t.organization_id = ${organizationId}::uuid AND t.cancelled_at IS NULL AND EXISTS (
      SELECT 1 FROM top_up_connections m JOIN connections c ON c.id = m.connection_id
      WHERE m.top_up_id = t.id AND c.access_token_version = m.seen_version AND c.state = 'connected')
    LIMIT 1`
  return rows[0]?.id ?? null
}
