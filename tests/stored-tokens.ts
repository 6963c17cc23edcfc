import { open } from '@/server/crypto/seal'
import { requireKeys } from '@/server/crypto/require-keys'
import { accessTokenContext, refreshTokenContext } from '@/server/connections/token-context'
import { db } from '@/server/db'
import type { Rig } from './runtime'

/** The tokens of a connection as a person with the key would read them; null where none is stored. */
export async function readStoredTokens(connectionId: string) {
  const row = await db().connection.findUniqueOrThrow({ where: { id: connectionId } })
  const { organizationId, accessTokenSealed, refreshTokenSealed } = row
  const keys = requireKeys()
  return {
    row,
    access:
      accessTokenSealed && open(keys, accessTokenContext({ organizationId, connectionId, version: row.accessTokenVersion }), accessTokenSealed),
    refresh:
      refreshTokenSealed && open(keys, refreshTokenContext({ organizationId, connectionId, version: row.refreshTokenVersion }), refreshTokenSealed),
  }
}

/** What the sandbox says about the stored pair: the oracle is upstream, never "no error was seen". */
export async function inspectStored({ sandbox }: Pick<Rig, 'sandbox'>, connectionId: string) {
  const { access, refresh } = await readStoredTokens(connectionId)
  return {
    access: access === null ? 'none' : sandbox.control.inspect(access).status,
    refresh: refresh === null ? 'none' : sandbox.control.inspect(refresh).status,
    accommodations: access === null ? [] : sandbox.control.inspect(access).accommodations,
  }
}
