import 'server-only'
import type { Gateway } from '../api-clients/open-gateway'
import type { AccessToken } from '../crypto/tokens'
import { isUpstreamError } from '../http/from-upstream'
import { listProperties } from '../octorate/list-properties'
import type { Property } from '../octorate/property'
import type { Transport } from '../octorate/transport'
import { readUserInfo, type ConsentingUser } from '../octorate/user-info'

export interface Discovery {
  readonly properties: readonly Property[]
  /** Null when Octorate did not say: nice to know, never needed. */
  readonly user: ConsentingUser | null
}

/** Asks Octorate what a token covers and who consented. @throws upstream errors of the property list */
export async function discover(
  { urls }: Pick<Gateway, 'urls'>,
  transport: Transport,
  accessToken: AccessToken,
): Promise<Discovery> {
  const [list, user] = await Promise.all([
    listProperties(transport, { url: urls.properties, bearer: accessToken }),
    readUserInfo(transport, { url: urls.userInfo, accessToken }).catch((error: unknown) => {
      if (isUpstreamError(error)) return null
      throw error
    }),
  ])
  return { properties: list.properties, user }
}
