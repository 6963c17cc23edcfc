import { faultOfToken } from './fault-of-text'
import type { CellFault, KeyFaultCode } from './key-fault'
import { LONGEST_KEY_VALUE } from './key-limits'

const RULES: readonly (readonly [KeyFaultCode, RegExp])[] = [
  ['property_missing', /^$/],
  // What a spreadsheet makes of a long number: the last digits are gone.
  ['property_exponent', /^\d([.,]\d+)?E[+-]?\d+$/i],
  ['property_negative', /^[-\u2212\u2013]\s?\d/],
  ['property_thousands', /^\d{1,3}(?:[.,'\u2019\s]\d{3})+$/],
  ['property_decimal', /^\d+[.,]\d+$/],
  ['property_leading_zeros', /^0\d*$/],
]

/** Why this can't be the id of a property: Octorate's are whole numbers. */
export function faultOfPropertyId(id: string): CellFault | null {
  const common = faultOfToken(id)
  if (common) return common
  const rule = RULES.find(([, pattern]) => pattern.test(id))
  if (rule) return { fault: rule[0] }
  if (!/^\d+$/.test(id)) return { fault: 'property_not_number' }
  return id.length > LONGEST_KEY_VALUE.propertyId ? { fault: 'property_too_long' } : null
}
