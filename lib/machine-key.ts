const SECRET = /^[0-9A-Za-z]{43}$/
const CHECKSUM_CHARACTERS = 6
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export const MACHINE_KEY_PREFIXES = { PRODUCTION: 'krk_live_', SANDBOX: 'krk_test_' } as const
export type MachineKeyEnvironment = keyof typeof MACHINE_KEY_PREFIXES

/**
 * Spells a machine key: prefix, 43 base62 characters that carry 256 random bits, and a CRC-32 of both in six base62
 * characters, so that a mistyped key is known without asking anybody.
 *
 * @param bytes 32 random bytes
 */
export function formatMachineKey(environment: MachineKeyEnvironment, bytes: Uint8Array): string {
  if (bytes.length !== 32) throw new TypeError('a machine key is made of 32 random bytes')
  const body = `${MACHINE_KEY_PREFIXES[environment]}${toBase62(bytes).padStart(43, '0')}`
  return body + checksum(body)
}

/** The environment of a well-formed machine key; null for whatever is none, a mistyped one included. */
export function parseMachineKey(text: string): MachineKeyEnvironment | null {
  const environment = (['PRODUCTION', 'SANDBOX'] as const).find((each) => text.startsWith(MACHINE_KEY_PREFIXES[each]))
  if (!environment) return null
  const body = text.slice(0, -CHECKSUM_CHARACTERS)
  const isWhole = SECRET.test(body.slice(MACHINE_KEY_PREFIXES[environment].length)) && text === body + checksum(body)
  return isWhole ? environment : null
}

function checksum(text: string): string {
  return toBase62(crc32(text)).padStart(CHECKSUM_CHARACTERS, '0')
}

/** CRC-32 as in IEEE 802.3, as four bytes. */
function crc32(text: string): Uint8Array {
  let crc = 0xffffffff
  for (let index = 0; index < text.length; index += 1) {
    crc ^= text.charCodeAt(index) & 0xff
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  const value = (crc ^ 0xffffffff) >>> 0
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff)
}

function toBase62(bytes: Uint8Array): string {
  let value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  let text = ''
  for (; value > 0n; value /= 62n) text = `${BASE62[Number(value % 62n)]}${text}`
  return text
}
