import 'server-only'
import { cookies } from 'next/headers'
import type { ErrorCode } from '@/contracts/errors'
import { parsePastedCallback } from '@/lib/oauth/pasted-callback'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { completeAuthorization } from './complete-authorization'
import { flowCookieName } from './flow-cookie'

const PASTE_FAULTS = {
  not_an_address: 'paste_not_an_address',
  different_redirect_uri: 'paste_other_address',
  no_code: 'paste_without_code',
} as const satisfies Record<string, ErrorCode>

/**
 * Finishes a flow from the address that a person copied out of the address bar, for redirect URIs that are not ours.
 *
 * @throws AppError about the address, before anything is consumed; or why the flow failed.
 */
export async function completeFromPaste(actor: Actor, id: string, { address }: { address: string }): Promise<{ connectionId: string }> {
  const arrivedAt = getRuntime().clock()
  const authorization = await db().authorization.findFirst({ where: { id, organizationId: actor.viewer.organizationId } })
  if (!authorization) throw new AppError('not_found')
  const query = parsePastedCallback(address, authorization.redirectUri)
  if (query.kind in PASTE_FAULTS) throw new AppError(PASTE_FAULTS[query.kind as keyof typeof PASTE_FAULTS])
  const jar = await cookies()
  const completed = await completeAuthorization(actor, {
    query: query as Exclude<typeof query, { kind: keyof typeof PASTE_FAULTS }>,
    expected: { authorizationId: id },
    browserToken: (authorizationId) => jar.get(flowCookieName(authorizationId))?.value,
    arrivedAt,
  })
  if (completed.outcome === 'failed') throw completed.error
  return { connectionId: completed.connectionId }
}
