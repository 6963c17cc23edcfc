import 'server-only'
import { findAdminToken } from '../admin-tokens/hold-admin-token'
import { openGateway } from '../api-clients/open-gateway'
import { transaction } from '../database/transaction'
import { db } from '../db'
import type { ApiClient } from '../generated/prisma/client'
import { toAppError } from '../http/to-app-error'
import { log } from '../log'
import { readConfiguration } from '../octorate/read-configuration'
import { startRounds } from '../rounds'
import { getRuntime } from '../runtime'
import { noteLive } from './note-live'

const ROUND_MS = 60_000
const READ_AGAIN_MS = 60 * 60_000
const AT_ONCE = 5

/**
 * Reads the configurations that somebody has looked at before again every hour, so that a change at Octorate is noticed
 * without anybody looking. In every process; each reading is claimed by one of them.
 */
export function startLiveWatch(): { stop(): Promise<void> } {
  return startRounds({ everyMs: ROUND_MS, complaint: 'the configurations at Octorate could not be read again', round: watchRound })
}

/** One round: whatever is due, a few at a time. Tests call it directly. */
export async function watchRound(isStopped: () => boolean = () => false): Promise<void> {
  const now = getRuntime().clock()
  const due = await db().liveConfiguration.findMany({
    where: { nextReadAt: { lte: now }, apiClient: { deletedAt: null } },
    orderBy: { nextReadAt: 'asc' },
    take: AT_ONCE,
    include: { apiClient: true },
  })
  for (const { apiClientId, nextReadAt, apiClient } of due) {
    if (isStopped()) return
    const claimed = await db().liveConfiguration.updateMany({
      where: { apiClientId, nextReadAt },
      data: { nextReadAt: new Date(now.getTime() + READ_AGAIN_MS) },
    })
    if (claimed.count === 1) await readAgain(apiClient)
  }
}

/** With the admin token that is held: nobody is logged in only to look. */
async function readAgain(apiClient: ApiClient): Promise<void> {
  try {
    const adminToken = await findAdminToken(apiClient)
    if (!adminToken) return
    const { transport, urls } = openGateway(apiClient)
    const configuration = await readConfiguration(transport, { url: urls.configuration, adminToken })
    await transaction((tx) => noteLive(tx, apiClient, { configuration, now: getRuntime().clock(), ours: null }))
  } catch (error) {
    const { code } = toAppError(error)
    log().warn({ apiClient: apiClient.id, refusal: code }, 'a configuration at Octorate could not be read again')
  }
}
