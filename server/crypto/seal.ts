import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { dataKey } from './data-key'
import type { KeyRing } from './key-ring'

const VERSION = 'v1'
const ALGORITHM = 'A256GCM'
const SALT_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/** Where an envelope belongs. It opens nowhere else: another row, column, organization or version is refused. */
export interface SealContext {
  readonly table: string
  readonly column: string
  readonly organizationId: string
  readonly rowId: string
  /** Version of this very secret, so that an older envelope put back does not open. */
  readonly version: number
}

export type SealFailure = 'malformed' | 'unknown_key' | 'tampered'

/** An envelope did not open. Says which key id and place, never what was in it. */
export class SealError extends Error {
  override readonly name = 'SealError'
  readonly reason: SealFailure
  readonly keyId: string | null

  constructor(reason: SealFailure, keyId: string | null, context: SealContext) {
    super(`sealed value of ${context.table}.${context.column} did not open: ${reason}${keyId ? ` (key ${keyId})` : ''}`)
    this.reason = reason
    this.keyId = keyId
  }
}

/**
 * Seals text into `v1.<key id>.A256GCM.<salt>.<iv>.<ciphertext>.<tag>` (base64url parts).
 *
 * Each envelope has a data key of its own, derived by HKDF-SHA-256 from the key-encryption key and a random 256-bit
 * salt, so no AES key ever encrypts twice. Context and key id are authenticated.
 */
export function seal(keys: KeyRing, context: SealContext, plaintext: string): string {
  const keyId = keys.sealingKeyId
  const kek = keys.find(keyId)
  if (!kek) throw new SealError('unknown_key', keyId, context)
  const random = randomBytes(SALT_BYTES + IV_BYTES)
  const [salt, iv] = [random.subarray(0, SALT_BYTES), random.subarray(SALT_BYTES)]
  const associated = associatedData(keyId, context)
  const cipher = createCipheriv('aes-256-gcm', dataKey(kek, salt), iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(associated)
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
  const parts = [salt, iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'))
  return [VERSION, keyId, ALGORITHM, ...parts].join('.')
}

/**
 * Opens what {@link seal} made for the same context.
 *
 * @throws SealError `malformed`, `unknown_key` or `tampered`; never returns part of a plaintext.
 */
export function open(keys: KeyRing, context: SealContext, envelope: string): string {
  const parts = envelope.split('.')
  const [version, keyId, algorithm] = parts
  const [salt, iv, ciphertext, tag] = parts.slice(3).map((part) => decode(part))
  if (version !== VERSION || algorithm !== ALGORITHM || parts.length !== 7 || !keyId) {
    throw new SealError('malformed', null, context)
  }
  if (salt?.length !== SALT_BYTES || iv?.length !== IV_BYTES || !ciphertext || tag?.length !== TAG_BYTES) {
    throw new SealError('malformed', null, context)
  }
  const kek = keys.find(keyId)
  if (!kek) throw new SealError('unknown_key', keyId, context)
  const decipher = createDecipheriv('aes-256-gcm', dataKey(kek, salt), iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(associatedData(keyId, context))
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8')
  } catch {
    throw new SealError('tampered', keyId, context)
  }
}

function associatedData(keyId: string, context: SealContext): Buffer {
  const { table, column, organizationId, rowId, version } = context
  return Buffer.from(JSON.stringify([VERSION, ALGORITHM, keyId, table, column, organizationId, rowId, version]), 'utf8')
}

/** Refuses any text that is not canonical base64url, so that one envelope has one spelling. */
function decode(part: string): Buffer | null {
  const bytes = Buffer.from(part, 'base64url')
  return bytes.toString('base64url') === part ? bytes : null
}
