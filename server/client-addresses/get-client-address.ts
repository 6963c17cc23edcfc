import 'server-only'
import { z } from 'zod'
import { clientAddressSchema, type ClientAddressReport } from '@/contracts/client-addresses'
import { formatCidrBlock } from '@/lib/net/cidr-block'
import { AppError } from '../http/app-error'
import { HOPS_HEADER } from '../http/request-context'
import { getRuntime } from '../runtime'

const explainedSchema = z.object({
  found: z.union([z.object({ address: z.string() }), z.object({ unresolved: clientAddressSchema.shape.unresolved.unwrap() })]),
  hops: clientAddressSchema.shape.hops,
})

/** How the front found the address of this very request. @param headers as they came behind the front, which wrote the explanation */
export function getClientAddress(headers: Headers): ClientAddressReport {
  const written = headers.get(HOPS_HEADER)
  if (written === null) throw new AppError('internal')
  const { found, hops } = explainedSchema.parse(JSON.parse(decodeURIComponent(written)))
  return {
    address: 'address' in found ? found.address : null,
    unresolved: 'unresolved' in found ? found.unresolved : null,
    hops,
    trustedProxies: getRuntime().env.TRUSTED_PROXIES.map(formatCidrBlock),
  }
}
