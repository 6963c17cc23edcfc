import 'server-only'
import { storeGrant } from '../connections/store-grant'
import { transaction } from '../database/transaction'
import { claimEntry } from '../journal/entry-state'
import { getRuntime } from '../runtime'
import { claimedDiscovery, claimedIdentity } from './claimed-identity'
import type { GrantedLine } from './store-fast'

/** After this long any process may take a line whose token is stored, to verify it. */
export const VERIFY_CLAIM_MS = 60_000

/**
 * Saves the tokens of one line in the place of a connection that was there before, as a new consent would. @returns null
 * when somebody else was faster.
 */
export async function storeSlowly({ line, entry, answer, grant }: GrantedLine): Promise<string | null> {
  const now = getRuntime().clock()
  const { migration, number, organizationId } = line
  return transaction(async (tx) => {
    if (!(await claimEntry(tx, entry, now))) return null
    const connectionId = await storeGrant(tx, {
      organizationId, grant, answer, now, origin: 'migrate', isVerified: false,
      apiClientId: migration.apiClientId,
      environment: migration.apiClient.environment,
      connectedByUserId: migration.actorKind === 'user' ? migration.actorId : null,
      identity: claimedIdentity(line),
      discovery: claimedDiscovery(line),
      newId: line.connectionId,
    })
    await tx.keyLine.updateMany({
      where: { migrationId: migration.id, number, state: { not: 'verified' } },
      data: { state: 'stored', reason: null, connectionId, nextTryAt: new Date(now.getTime() + VERIFY_CLAIM_MS), updatedAt: now },
    })
    return connectionId
  })
}
