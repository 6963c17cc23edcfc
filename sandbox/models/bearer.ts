import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto'

export type BearerKind = 'access' | 'admin' | 'refresh'

/** What a token says about itself: whose it is (grant or API client number), which one it is, and until when. */
export type Bearer = {
  readonly kind: BearerKind
  readonly holder: number
  readonly sequence: number
  readonly expiresAt: number
}

export type Bearers = {
  mint(bearer: Bearer): string
  /** `undefined` for every text that is no token of a generation that counts */
  open(token: string): Bearer | undefined
}

/**
 * Which tokens mean anything: a reset starts a generation that alone counts, and a snapshot one that is forgotten when
 * the snapshot is restored. So numbers can be used again without an old token standing for something new.
 */
export type Generations = { current(): number; counts(generation: number): boolean }

const PREFIX = 'sbx_'
const PAYLOAD_BYTES = 20
const MAC_BYTES = 16
const TOKEN_LENGTH = PREFIX.length + ((PAYLOAD_BYTES + MAC_BYTES) * 4) / 3
const kindBytes = { access: 1, admin: 2, refresh: 3 } as const satisfies Record<BearerKind, number>
const kindsByByte: readonly (BearerKind | undefined)[] = [undefined, 'access', 'admin', 'refresh']

/**
 * Tokens that are looked up by number instead of being kept: payload and HMAC in base64url after `sbx_`. Whether one is
 * still good is decided by the grant's state, so revocation works at once and memory does not grow with use.
 */
export function createBearers(key: KeyObject, generations: Generations): Bearers {
  return {
    mint(bearer) {
      const bytes = Buffer.allocUnsafe(PAYLOAD_BYTES + MAC_BYTES)
      bytes[0] = kindBytes[bearer.kind]
      bytes.writeUIntBE(generations.current(), 1, 3)
      bytes.writeUInt32BE(bearer.holder, 4)
      bytes.writeUIntBE(bearer.sequence, 8, 6)
      bytes.writeUIntBE(bearer.expiresAt, 14, 6)
      authenticate(key, bytes).copy(bytes, PAYLOAD_BYTES, 0, MAC_BYTES)
      return PREFIX + bytes.toString('base64url')
    },
    open(token) {
      if (token.length !== TOKEN_LENGTH || !token.startsWith(PREFIX)) return undefined
      const text = token.slice(PREFIX.length)
      const bytes = Buffer.from(text, 'base64url')
      if (bytes.length !== PAYLOAD_BYTES + MAC_BYTES || bytes.toString('base64url') !== text) return undefined
      if (!timingSafeEqual(authenticate(key, bytes).subarray(0, MAC_BYTES), bytes.subarray(PAYLOAD_BYTES))) return undefined
      const kind = kindsByByte[bytes[0] ?? 0]
      if (!kind || !generations.counts(bytes.readUIntBE(1, 3))) return undefined
      return { kind, holder: bytes.readUInt32BE(4), sequence: bytes.readUIntBE(8, 6), expiresAt: bytes.readUIntBE(14, 6) }
    },
  }
}

/** The key of the tokens, derived from the sandbox's master key. */
export function bearerKey(masterKey: Buffer): KeyObject {
  return createSecretKey(createHmac('sha256', masterKey).update('bearer tokens').digest())
}

function authenticate(key: KeyObject, bytes: Buffer): Buffer {
  return createHmac('sha256', key).update(bytes.subarray(0, PAYLOAD_BYTES)).digest()
}
