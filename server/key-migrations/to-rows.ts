import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { Secret } from '../crypto/secret'
import { keyFingerprint, sealOldKey } from './old-key'

export interface NewKeyLine {
  readonly number: number
  readonly key: string
  readonly propertyId: string
  readonly name?: string | undefined
}

/** A line with its key sealed, ready to be stored. */
export interface NewRow {
  readonly number: number
  readonly propertyId: string
  readonly name: string | null
  readonly sealed: string
  readonly last4: string
  readonly fingerprint: string
  readonly connectionId: string
  readonly reason: 'same_key_in_file' | 'same_property_in_file' | null
}

/** Keys sealed without letting anybody else's work wait. */
const SEALED_AT_ONCE = 200

/** Seals the keys of a file, and finds what is in it twice: a property is worth one line, the first. */
export async function toRows(organizationId: string, lines: readonly NewKeyLine[]): Promise<NewRow[]> {
  const rows: NewRow[] = []
  const seen = new Map<string, string>()
  for (const [index, { number, key, propertyId, name = null }] of lines.entries()) {
    if (index % SEALED_AT_ONCE === SEALED_AT_ONCE - 1) await setImmediate()
    const fingerprint = keyFingerprint(key)
    const earlier = seen.get(propertyId)
    if (earlier === undefined) seen.set(propertyId, fingerprint)
    rows.push({
      number, propertyId, name, fingerprint,
      sealed: sealOldKey({ organizationId, propertyId, fingerprint }, key),
      last4: Secret.of(key).last4,
      connectionId: randomUUID(),
      reason: earlier === undefined ? null : earlier === fingerprint ? 'same_key_in_file' : 'same_property_in_file',
    })
  }
  return rows
}

/** Length-prefixed by JSON, so that no two different files read the same. */
export function digestOf(apiClientId: string, rows: readonly NewRow[]): string {
  const hash = createHash('sha256').update(JSON.stringify([apiClientId]))
  for (const { fingerprint, propertyId, name } of rows) hash.update(JSON.stringify([fingerprint, propertyId, name]))
  return hash.digest('base64url')
}
