import 'server-only'
import { roleMay } from '@/contracts/permissions'
import { recordAudit } from '../audit/record-audit'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { requireFreshProof } from '../sign-in/require-fresh-proof'
import { openAdminToken } from './hold-admin-token'
import { requireAdminToken } from './require-admin-token'

interface Wish {
  readonly id: string
  readonly tokenId: string
  readonly password: string
  readonly reason: string
}

/**
 * Hands an admin token to an owner who has just shown who they are. The proof is written before the token is opened: no
 * audit, no token. There is nothing like it for the tokens of a connection, and none for the client secret.
 *
 * @throws AppError `not_allowed`, `not_found`, `password_wrong`, `fresh_sign_in_needed`, `too_many_attempts`
 */
export async function revealAdminToken({ viewer, context }: Actor, { password, reason, ...place }: Wish): Promise<{ token: string }> {
  if (!roleMay(viewer.role, 'admin-tokens:reveal')) throw new AppError('not_allowed')
  const { apiClient, token } = await requireAdminToken(viewer, place)
  await requireFreshProof({ viewer, context }, password)
  await recordAudit(db(), {
    action: 'admin_token.revealed', outcome: 'success', organizationId: viewer.organizationId, actor: { kind: 'user', id: viewer.userId },
    target: { kind: 'admin_token', id: token.id }, detail: { apiClient: apiClient.id, last4: token.tokenLast4, reason }, context,
    at: getRuntime().clock(),
  })
  return { token: openAdminToken(token).reveal() }
}
