import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { canonicalJson } from './chain'

/** A signature under the last entry of a chain at an instant: whoever changes an entry before it has to forge it. */
export interface Checkpoint {
  readonly sequence: number
  readonly hash: string
  readonly signedAt: string
  readonly keyId: string
  /** Ed25519, base64url. */
  readonly signature: string
}

type Unsigned = Omit<Checkpoint, 'signature'> & { readonly organizationId: string | null }

const FORMAT = 'keyrack audit checkpoint v1'
/** What stands before the 32 bytes of a raw Ed25519 key in its usual form (RFC 8410). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')

export function signCheckpoint(privateKey: KeyObject, unsigned: Unsigned): string {
  return sign(null, messageOf(unsigned), privateKey).toString('base64url')
}

/** @param publicKey raw, base64url */
export function isSigned(publicKey: string, { signature, ...unsigned }: Checkpoint & { organizationId: string | null }): boolean {
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, Buffer.from(publicKey, 'base64url')]), format: 'der', type: 'spki' })
    return verify(null, messageOf(unsigned), key, Buffer.from(signature, 'base64url'))
  } catch {
    // No key, or no signature, by its form.
    return false
  }
}

/** The 32 bytes of a public key, base64url. */
export function rawPublicKey(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).subarray(SPKI_HEAD.length).toString('base64url')
}

function messageOf({ organizationId, sequence, hash, signedAt, keyId }: Unsigned): Buffer {
  return Buffer.from(canonicalJson([FORMAT, organizationId, sequence, hash, signedAt, keyId]), 'utf8')
}
