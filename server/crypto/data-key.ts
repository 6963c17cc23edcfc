import { createHmac } from 'node:crypto'

/** What follows the info in the first, and only, block of an output as long as the hash. */
const INFO = Buffer.concat([Buffer.from('keyrack envelope v1', 'utf8'), Buffer.of(1)])

/**
 * The 256-bit key of one envelope: HKDF-SHA-256 (RFC 5869) of the key-encryption key and the envelope's salt. Node's own
 * makes a job of each, which takes several times as long where contexts are followed, and every hand-out opens one.
 */
export function dataKey(kek: Buffer, salt: Buffer): Buffer {
  const extracted = createHmac('sha256', salt).update(kek).digest()
  return createHmac('sha256', extracted).update(INFO).digest()
}
