import 'server-only'
import { pipeline, type Readable } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

/** What ends early is not refused for that: how long a body is, HTTP says, and an empty one may be labelled as packed. */
const [ZLIB, BROTLI] = [{ finishFlush: constants.Z_SYNC_FLUSH }, { finishFlush: constants.BROTLI_OPERATION_FLUSH }]
const UNPACKERS = {
  gzip: () => createGunzip(ZLIB),
  'x-gzip': () => createGunzip(ZLIB),
  deflate: () => createInflate(ZLIB),
  br: () => createBrotliDecompress(BROTLI),
} as const
/** One inside the other: each costs memory before a byte of it is counted. */
const MOST_LAYERS = 5

/** What an answer may come packed as, for the request's `accept-encoding`. Not `deflate`, of which there are two kinds. */
export const PACKED_AS = 'gzip, br'

/**
 * The bytes of a body as they were before they were packed, in whatever order `contentEncoding` names how; with a name
 * that is not known, as they came. Whoever stops reading stops the source; its error, and a body that is not what it says,
 * reject the reader.
 *
 * @throws TypeError when it is packed in more than five layers
 */
export function unpack(body: Readable, contentEncoding: string | null): AsyncIterable<Uint8Array> {
  const names = (contentEncoding ?? '').toLowerCase().split(',').map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity')
  if (names.length > MOST_LAYERS) throw new TypeError('a body is packed in too many layers')
  if (names.length === 0 || !names.every(isKnown)) return body
  // Errors reach the reader through the last stream.
  return names.toReversed().reduce<Readable>((packed, name) => pipeline(packed, UNPACKERS[name](), () => undefined), body)
}

function isKnown(name: string): name is keyof typeof UNPACKERS {
  return Object.hasOwn(UNPACKERS, name)
}
