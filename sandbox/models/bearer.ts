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
  /** `undefined` for every text that this sandbox did not mint since its last reset */
  open(token: string): Bearer | undefined
}

const PREFIX = 'sbx_'
const PAYLOAD_BYTES = 17
const MAC_BYTES = 16
const TOKEN_LENGTH = PREFIX.length + Math.ceil(((PAYLOAD_BYTES + MAC_BYTES) * 4) / 3)
const kindBytes = { access: 1, admin: 2, refresh: 3 } as const satisfies Record<BearerKind, number>
const kindsByByte: readonly (BearerKind | undefined)[] = [undefined, 'access', 'admin', 'refresh']

/**
 * Tokens that are looked up by number instead of being kept: payload and HMAC in base64url after `sbx_`. Whether one is
 * still good is decided by the grant's state, so revocation works at once and memory does not grow with use.
 * @param keyOf gives the key of the present generation; a reset changes it, and with it ends every token.
 */
export function createBearers(keyOf: () => KeyObject): Bearers {
  return {
    mint(bearer) {
      const bytes = Buffer.allocUnsafe(PAYLOAD_BYTES + MAC_BYTES)
      bytes[0] = kindBytes[bearer.kind]
      bytes.writeUInt32BE(bearer.holder, 1)
      bytes.writeUIntBE(bearer.sequence, 5, 6)
      bytes.writeUIntBE(bearer.expiresAt, 11, 6)
      authenticate(keyOf(), bytes).copy(bytes, PAYLOAD_BYTES, 0, MAC_BYTES)
      return PREFIX + bytes.toString('base64url')
    },
    open(token) {
      if (token.length !== TOKEN_LENGTH || !token.startsWith(PREFIX)) return undefined
      const text = token.slice(PREFIX.length)
      const bytes = Buffer.from(text, 'base64url')
      if (bytes.length !== PAYLOAD_BYTES + MAC_BYTES || bytes.toString('base64url') !== text) return undefined
      const expected = authenticate(keyOf(), bytes)
      if (!timingSafeEqual(expected.subarray(0, MAC_BYTES), bytes.subarray(PAYLOAD_BYTES))) return undefined
      const kind = kindsByByte[bytes[0] ?? 0]
      if (!kind) return undefined
      return { kind, holder: bytes.readUInt32BE(1), sequence: bytes.readUIntBE(5, 6), expiresAt: bytes.readUIntBE(11, 6) }
    },
  }
}

/** The key of one generation, derived from the sandbox's master key. */
export function bearerKey(masterKey: Buffer, generation: number): KeyObject {
  return createSecretKey(createHmac('sha256', masterKey).update(`bearer tokens, generation ${generation}`).digest())
}

function authenticate(key: KeyObject, bytes: Buffer): Buffer {
  return createHmac('sha256', key).update(bytes.subarray(0, PAYLOAD_BYTES)).digest()
}
