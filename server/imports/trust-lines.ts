import 'server-only'
import { storeImported } from '../connections/store-imported'
import { transaction } from '../database/transaction'
import { getRuntime } from '../runtime'
import type { ClaimedLine } from './claim-line'
import { closeLine } from './close-line'
import { findDouble } from './find-double'
import { judgeLine } from './judge-line'
import { openLineToken } from './line-token'

/** Stores lines as they were given, without asking Octorate: each in a transaction of its own. */
export async function trustLines(lines: readonly ClaimedLine[]): Promise<void> {
  for (const line of lines) await trustLine(line).catch((error: unknown) => judgeLine(line, error))
}

async function trustLine(line: ClaimedLine): Promise<void> {
  const now = getRuntime().clock()
  const double = await findDouble(line)
  const { organizationId, propertyId, import: running } = line
  if (double || propertyId === null) {
    const ending = double ? ({ state: 'duplicate', ...double } as const) : ({ state: 'failed', reason: 'import_line_malformed' } as const)
    return transaction((tx) => closeLine(tx, line, { ...ending, now }))
  }
  const refreshToken = openLineToken(line, line.refreshTokenSealed)
  await transaction(async (tx) => {
    const stored = await storeImported(
      tx,
      {
        organizationId, refreshToken, now,
        apiClientId: running.apiClientId,
        environment: running.apiClient.environment,
        connectedByUserId: running.actorKind === 'user' ? running.actorId : null,
        identity: { identity: `property:${propertyId}`, name: line.name ?? propertyId },
        newId: line.connectionId,
      },
      null,
    )
    const ending = stored.outcome === 'stored' ? ({ state: 'stored', reason: null } as const) : ({ state: 'duplicate', reason: 'already_connected' } as const)
    await closeLine(tx, line, { ...ending, connectionId: stored.connectionId, now })
  })
}
