import { db } from '@/server/db'
import type { Actor } from '@/server/http/define-handler'
import { digest } from '@/server/crypto/digest'
import { startSession } from '@/server/sessions/start-session'

/** The same person with a session that has just begun, so that who has no password proves themselves by it. */
export async function signedIn(actor: Actor): Promise<Actor & { readonly token: string }> {
  const token = await startSession({ userId: actor.viewer.userId, previousToken: null, method: 'password', context: actor.context })
  const { id, organizationId } = await db().session.findUniqueOrThrow({ where: { tokenDigest: digest(token) } })
  return { ...actor, token, viewer: { ...actor.viewer, organizationId, sessionId: id } }
}
