import type { Strategy } from '@/contracts/api-clients'

/** The three questions of the guide; null while one is not answered. */
export interface Answers {
  readonly oldKeys: 'yes' | 'no' | null
  readonly whose: 'any' | 'one' | 'new' | null
  readonly fixedAddresses: 'yes' | 'no' | null
}

/**
 * Which way of integrating the answers point to (contract, "Four integration strategies"); null while they do not. Old
 * keys come first, because what is there must not be lost; who creates every property needs no consent; access by address
 * is for back ends alone, so it comes last.
 */
export function chooseStrategy({ oldKeys, whose, fixedAddresses }: Answers): Strategy | null {
  if (oldKeys === 'yes') return 'old_keys'
  if (oldKeys === null || whose === null) return null
  if (whose === 'new') return 'new_properties'
  if (fixedAddresses === null) return null
  if (fixedAddresses === 'yes') return 'ip_address'
  return whose === 'one' ? 'one_customer' : 'any_property'
}
