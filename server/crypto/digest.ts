import { createHash, createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** SHA-256 in base64url, for random values of 128 bits and more: what is only compared is never stored itself. */
export function digest(value: string): string {
  return hash('sha256', value, 'base64url')
}

/** Keyed fingerprint (HMAC-SHA-256, 16 base64url characters): correlates a secret across rows without storing it. */
export function fingerprint(key: Buffer, value: string): string {
  return createHmac('sha256', key).update(value, 'utf8').digest('base64url').slice(0, 16)
}

/** 256 bits from the system's generator, base64url: 43 characters. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Compares two texts in a time that does not depend on where they differ. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = createHash('sha256').update(a, 'utf8').digest()
  const right = createHash('sha256').update(b, 'utf8').digest()
  return timingSafeEqual(left, right)
}
