import type { ConfigurationChangeInput } from '@/contracts/api-configuration'
import type { ConfigurationChange } from '../octorate/api-configuration'

/** The change with the fields that are given, and no others. */
export function toChange(input: ConfigurationChangeInput): ConfigurationChange {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
}
