import 'server-only'
import type { z } from 'zod'
import type { takeXray as endpoint, Xray } from '@/contracts/xray'
import { findByClientId } from '../api-clients/find-by-client-id'
import { requireUpstream } from '../api-clients/list-upstreams'
import { recordAudit } from '../audit/record-audit'
import { clientSecret } from '../crypto/tokens'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { upstreamSockets } from '../upstream-sockets'
import { examine } from './examine'

/**
 * Examines credentials for a person of the console. Neither they nor the token are kept, here or in the audit log.
 *
 * @throws AppError `upstream_not_allowed`; whatever Octorate refuses is part of the answer.
 */
export async function takeXray({ viewer, context }: Actor, input: z.output<typeof endpoint.body>): Promise<Xray> {
  const { clientId, upstreamId } = input
  const { clock } = getRuntime()
  const credentials = { clientId, clientSecret: clientSecret(input.clientSecret) }
  const found = await examine({ upstream: requireUpstream(upstreamId), credentials, fetch: upstreamSockets().fetch, clock })
  const { organizationId, userId } = viewer
  await recordAudit(db(), {
    action: 'xray.taken', outcome: found.login === 'accepted' ? 'success' : 'failure', organizationId, actor: { kind: 'user', id: userId },
    detail: { upstream: upstreamId, login: found.login }, context, at: new Date(found.takenAt),
  })
  return { ...found, knownAs: await findByClientId(organizationId, { clientId, upstreamId }) }
}
