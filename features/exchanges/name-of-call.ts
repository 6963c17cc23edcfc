import type { Exchange } from '@/contracts/exchange'

const CALLS = [
  ['POST', /\/identity\/apilogin$/, 'api_login'],
  ['POST', /\/identity\/refresh$/, 'refresh'],
  ['GET', /\/api\/configuration$/, 'configuration_read'],
  ['PATCH', /\/api\/configuration$/, 'configuration_change'],
  ['POST', /\/accommodation$/, 'create_property'],
  ['GET', /\/accommodation(\?page=\d+)?$/, 'properties'],
  ['GET', /\/accommodation\/[^/?]+$/, 'property_by_address'],
  ['GET', /\/user\/info$/, 'user_info'],
] as const

export type CallName = (typeof CALLS)[number][2] | 'other'

/** Which call an exchange was, by its method and address. */
export function nameOfCall({ method, url }: Pick<Exchange, 'method' | 'url'>): CallName {
  return CALLS.find(([how, where]) => how === method && where.test(url))?.[2] ?? 'other'
}
