import { fromBase62, toBase62, withChecksum, withoutChecksum } from './base62'
import { isUuid } from './ids'

const PREFIX = 'krk_conn_'
const ID = /^[0-9A-Za-z]{22}$/
const ID_BYTES = 16

/**
 * Spells the handle of a connection, which stands for its refresh token in the drop-in identity host: prefix, the id's
 * 128 bits in 22 base62 characters, and a CRC-32 of both in six. It is a name, not a secret: it opens nothing without a
 * machine key.
 *
 * @param id a UUID in lower case
 */
export function formatConnectionHandle(id: string): string {
  if (!isUuid(id)) throw new TypeError('the id of a connection is a UUID in lower case')
  const bytes = Uint8Array.from(id.replaceAll('-', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return withChecksum(PREFIX + toBase62(bytes, 22))
}

/** The id of the connection that a handle names; null for whatever is none, a mistyped one included. */
export function parseConnectionHandle(text: string): string | null {
  const body = text.startsWith(PREFIX) ? withoutChecksum(text)?.slice(PREFIX.length) : undefined
  const bytes = body !== undefined && ID.test(body) ? fromBase62(body, ID_BYTES) : null
  if (!bytes) return null
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const id = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return isUuid(id) ? id : null
}
