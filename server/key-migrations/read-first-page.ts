import 'server-only'
import type { AccessToken } from '../crypto/tokens'
import type { Gateway } from '../octorate/gateway-to'
import { processPropertiesResponse, propertiesRequest } from '../octorate/list-properties'
import type { Property } from '../octorate/property'
import { requestsFirst } from '../requests-first'

/** One read of property data: the first page of what a token covers. @throws upstream errors */
export async function readFirstPage({ transport, urls }: Gateway, bearer: AccessToken): Promise<readonly Property[]> {
  const answer = await transport({ ...propertiesRequest({ url: urls.properties, bearer }, null), isBulk: true })
  await requestsFirst()
  return processPropertiesResponse(answer)
}
