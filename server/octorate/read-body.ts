import type { WireAnswer } from './sockets'

export interface ReadBody {
  readonly text: string
  readonly encoding: 'utf-8' | 'latin1'
}

/**
 * Reads a body to its end, or gives `too_large` as soon as it has more than `maxBytes` bytes, counted
 * after decompression. A byte order mark is dropped; bytes that are not UTF-8 are kept as Latin-1.
 * Rejects when the connection breaks.
 */
export async function readBody(response: WireAnswer, maxBytes: number): Promise<ReadBody | 'too_large'> {
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) return 'too_large'
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) return 'too_large'
    chunks.push(chunk)
  }
  return decode(Buffer.concat(chunks))
}

function decode(bytes: Buffer): ReadBody {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: bytes.toString('latin1'), encoding: 'latin1' }
  }
}
