import type { Transaction } from '../db'

/**
 * Until the end of the transaction nobody else decides which keys of the organization wait to be sent: what is asked under
 * this lock still holds when it is answered.
 */
export async function lockKeyMigrations(tx: Pick<Transaction, '$executeRaw'>, organizationId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`key migrations ${organizationId}`}, 0))`
}
