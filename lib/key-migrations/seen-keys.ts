import type { KeyColumns } from './key-columns'
import type { KeyFault } from './key-fault'
import type { KeyFileLine } from './key-line-reader'

/**
 * Compares each line with those before it: a property is migrated once, and a key belongs to one property. The first line
 * stands; lines that are wrong by themselves make no other a duplicate.
 */
export function seenKeys(): (line: KeyFileLine, columns: KeyColumns) => KeyFileLine | KeyFault {
  const [byProperty, byKey] = [new Map<string, KeyFileLine>(), new Map<string, KeyFileLine>()]
  return (line, columns) => {
    const { number, key, propertyId } = line
    const sameProperty = byProperty.get(propertyId)
    if (sameProperty) {
      const fault = sameProperty.key === key ? 'duplicate_line' : 'duplicate_property'
      return { number, column: columns.propertyId + 1, fault, of: sameProperty.number }
    }
    const sameKey = byKey.get(key)
    if (sameKey) return { number, column: columns.key + 1, fault: 'duplicate_key', of: sameKey.number }
    byProperty.set(propertyId, line)
    byKey.set(key, line)
    return line
  }
}
