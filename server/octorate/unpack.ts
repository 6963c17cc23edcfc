import 'server-only'
import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

const UNPACKERS = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress } as const

/** What an answer may come packed as, for the request's `accept-encoding`. */
export const PACKED_AS = 'gzip, deflate, br'

/**
 * The bytes of a body as they were before they were packed, in whatever order `contentEncoding` names how; with a name
 * that is not known, as they came. Whoever stops reading stops the source; its error, and a body that is not what it says,
 * reject the reader.
 */
export function unpack(body: Readable, contentEncoding: string | null): AsyncIterable<Uint8Array> {
  const names = (contentEncoding ?? '').toLowerCase().split(',').map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity')
  if (names.length === 0 || !names.every(isKnown)) return body
  // Errors reach the reader through the last stream.
  return pipeline([body, ...names.toReversed().map((name) => UNPACKERS[name]())], () => undefined) as unknown as Readable
}

function isKnown(name: string): name is keyof typeof UNPACKERS {
  return Object.hasOwn(UNPACKERS, name)
}
