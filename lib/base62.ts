const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const CHECKSUM_CHARACTERS = 6

/** Bytes as one number in base 62, filled up with zeros to `length` characters. */
export function toBase62(bytes: Uint8Array, length: number): string {
  let value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  let text = ''
  for (; value > 0n; value /= 62n) text = `${DIGITS[Number(value % 62n)]}${text}`
  return text.padStart(length, '0')
}

/** The bytes that {@link toBase62} wrote; null for other characters, or for a number of more than `size` bytes. */
export function fromBase62(text: string, size: number): Uint8Array | null {
  let value = 0n
  for (const character of text) {
    const digit = DIGITS.indexOf(character)
    if (digit < 0) return null
    value = value * 62n + BigInt(digit)
  }
  const bytes = new Uint8Array(size)
  for (let index = size - 1; index >= 0; index -= 1, value >>= 8n) bytes[index] = Number(value & 0xffn)
  return value === 0n ? bytes : null
}

/** The text followed by its CRC-32 (IEEE 802.3) in six base62 characters, so that a mistyped one is known offline. */
export function withChecksum(text: string): string {
  return text + toBase62(crc32(text), CHECKSUM_CHARACTERS)
}

/** The text without its checksum; null when the two do not belong together. */
export function withoutChecksum(text: string): string | null {
  const body = text.slice(0, -CHECKSUM_CHARACTERS)
  return text === withChecksum(body) ? body : null
}

function crc32(text: string): Uint8Array {
  let crc = 0xffffffff
  for (let index = 0; index < text.length; index += 1) {
    crc ^= text.charCodeAt(index) & 0xff
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  const value = (crc ^ 0xffffffff) >>> 0
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff)
}
