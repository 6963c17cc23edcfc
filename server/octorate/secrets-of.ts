import { Secret } from '@/server/crypto/secret'
import type { UpstreamRequest } from './upstream-request'

/** Everything secret that a request carries: an answer may repeat it. */
export function secretsOf({ bearer, oldKey, body }: Pick<UpstreamRequest, 'bearer' | 'oldKey' | 'body'>): Secret[] {
  return [bearer, oldKey, ...(body?.kind === 'form' ? body.fields.map(([, value]) => value) : [])].filter((value) => value instanceof Secret)
}
