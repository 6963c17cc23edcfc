/** 256-bit key-encryption keys by id: all can open, the first seals. They never enter the database. */
export interface KeyRing {
  readonly sealingKeyId: string
  find(keyId: string): Buffer | undefined
  /** A key for another purpose, derived from the oldest key by HKDF: stays the same while that key is configured. */
  derive(purpose: string): Buffer
}
