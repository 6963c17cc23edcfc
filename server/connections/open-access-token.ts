import 'server-only'
import { requireKeys } from '../crypto/require-keys'
import { open } from '../crypto/seal'
import { accessToken, type AccessToken } from '../crypto/tokens'
import { db } from '../db'
import { accessTokenContext } from './token-context'

interface Asked {
  readonly organizationId: string
  readonly connectionId: string
}

/** The stored access token of a connection, for a read of our own; null when there is none. @throws SealError */
export async function openAccessToken({ organizationId, connectionId }: Asked): Promise<AccessToken | null> {
  const row = await db().connection.findFirst({
    where: { id: connectionId, organizationId },
    select: { accessTokenSealed: true, accessTokenVersion: true },
  })
  if (!row?.accessTokenSealed) return null
  return accessToken(open(requireKeys(), accessTokenContext({ organizationId, connectionId, version: row.accessTokenVersion }), row.accessTokenSealed))
}
