import { Readable } from 'node:stream'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { unpack } from './unpack'

const TEXT = '{"name":"Locanda già"}'

async function read(bytes: Buffer, contentEncoding: string | null): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of unpack(Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]), contentEncoding)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test.each([
  [null, Buffer.from(TEXT)],
  ['', Buffer.from(TEXT)],
  ['identity', Buffer.from(TEXT)],
  ['gzip', gzipSync(TEXT)],
  ['GZIP', gzipSync(TEXT)],
  ['x-gzip', gzipSync(TEXT)],
  ['deflate', deflateSync(TEXT)],
  ['br', brotliCompressSync(TEXT)],
  ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
])('a body packed as %s is what it was', async (contentEncoding, bytes) => {
  expect(await read(bytes, contentEncoding)).toBe(TEXT)
})

test('a body packed as nobody knows comes as it is', async () => {
  expect(await read(Buffer.from(TEXT), 'constructor')).toBe(TEXT)
})

test('a body that is not packed as it says, or is cut, rejects the reader', async () => {
  await expect(read(Buffer.from(TEXT), 'gzip')).rejects.toThrow(/incorrect header/)
  await expect(read(gzipSync(TEXT).subarray(0, 20), 'gzip')).rejects.toThrow(/unexpected end/)
})

test('whoever stops reading stops the source', async () => {
  let sent = 0
  const source = Readable.from((function* () {
    for (;;) {
      sent += 1
      yield gzipSync(Buffer.alloc(100_000, sent))
    }
  })())
  for await (const chunk of unpack(source, 'gzip')) {
    expect(chunk.byteLength).toBeGreaterThan(0)
    break
  }
  await expect.poll(() => source.destroyed).toBe(true)
  const before = sent
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(sent).toBe(before)
})
