import 'server-only'
import type { AdminTokens } from '@/contracts/admin-tokens'
import { recordAudit } from '../audit/record-audit'
import { recordCalls } from '../calls/record-calls'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { readConfiguration } from '../octorate/read-configuration'
import { getRuntime } from '../runtime'
import { openAdminToken } from './hold-admin-token'
import { listAdminTokens } from './list-admin-tokens'
import { requireAdminToken } from './require-admin-token'
import { isStale } from './with-admin-token'

/**
 * Tries one token by reading the configuration with it, and notes whether Octorate took it. Nobody is logged in, and
 * nothing is changed: so it also tells about a token that was retired here.
 *
 * @throws AppError `not_found`; upstream errors that say nothing about the token
 */
export async function testAdminToken({ viewer, context }: Actor, place: { id: string; tokenId: string }): Promise<AdminTokens> {
  const { apiClient, token } = await requireAdminToken(viewer, place)
  const actor = { kind: 'user', id: viewer.userId } as const
  const accepted = await recordCalls(apiClient, { act: 'admin_token', actor, context }, async ({ transport, urls }) => {
    try {
      await readConfiguration(transport, { url: urls.configuration, adminToken: openAdminToken(token) })
      return true
    } catch (error) {
      if (isStale(error)) return false
      throw error
    }
  })
  const { organizationId } = viewer
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    await tx.adminToken.updateMany({ where: { id: token.id, organizationId }, data: { testedAt: now, accepted } })
    await recordAudit(tx, {
      action: 'admin_token.tested', outcome: accepted ? 'success' : 'failure', organizationId, actor,
      target: { kind: 'admin_token', id: token.id }, detail: { apiClient: apiClient.id, accepted }, context, at: now,
    })
  })
  return listAdminTokens(viewer, apiClient.id)
}
