import type { MachineKeySummary } from '@/contracts/machine-keys'
import { MACHINE_API_BASE } from '@/contracts/paths'

const SOME_PROPERTY = '16997'

/**
 * A call that a key may make, for a shell in which KEYRACK_MACHINE_KEY is set. The key goes by a pipe: in an argument
 * whoever lists the machine's processes would read it.
 */
export function curlExample(publicUrl: string, { scopes, properties }: Pick<MachineKeySummary, 'scopes' | 'properties'>): string {
  const property = encodeURIComponent(properties[0] ?? SOME_PROPERTY)
  const path = scopes.includes('tokens:read') ? `/properties/${property}/access-token` : '/connections'
  return `printf 'Authorization: Bearer %s' "$KEYRACK_MACHINE_KEY" |\ncurl -sS --header @- ${publicUrl}${MACHINE_API_BASE}${path}`
}
