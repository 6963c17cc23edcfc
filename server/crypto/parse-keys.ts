import { hkdfSync, randomBytes } from 'node:crypto'
import type { KeyRing } from './key-ring'

const KEY_BYTES = 32
const ENTRY = /^([a-z0-9][a-z0-9-]{0,31}):([A-Za-z0-9+/_-]{43}=?)$/

/**
 * Reads `id:base64,id:base64` (256 bits each; separated by commas or lines). The first seals, all open.
 *
 * @throws Error that names the position of the wrong entry, never its text.
 */
export function parseKeys(text: string): KeyRing {
  const entries = text.split(/[\n,]/).map((entry) => entry.trim())
  const keys = new Map<string, Buffer>()
  for (const [index, entry] of entries.filter(Boolean).entries()) {
    const [, id, encoded] = ENTRY.exec(entry) ?? []
    const key = encoded ? Buffer.from(encoded, 'base64') : null
    if (!id || key?.length !== KEY_BYTES) {
      throw new Error(
        `Key ${index + 1} is not "id:base64 of 32 bytes". Make one with: ` +
          `node -e "console.log('k1:'+require('crypto').randomBytes(32).toString('base64'))"`,
      )
    }
    if (keys.has(id)) throw new Error(`Key id "${id}" is there twice.`)
    keys.set(id, key)
  }
  const [sealingKeyId] = keys.keys()
  const oldest = [...keys.values()].at(-1)
  if (!sealingKeyId || !oldest) throw new Error('No key is configured.')
  return {
    sealingKeyId,
    find: (keyId) => keys.get(keyId),
    derive: (purpose) => Buffer.from(hkdfSync('sha256', oldest, '', `keyrack ${purpose}`, KEY_BYTES)),
  }
}

/** A new key in the form that {@link parseKeys} reads. */
export function makeKey(id: string): string {
  return `${id}:${randomBytes(KEY_BYTES).toString('base64')}`
}
