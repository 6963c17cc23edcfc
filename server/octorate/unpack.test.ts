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

test('a body that is not packed as it says rejects the reader', async () => {
  await expect(read(Buffer.from(TEXT), 'gzip')).rejects.toThrow(/incorrect header/)
})

test.each(['gzip', 'deflate', 'br'])('an empty body labelled %s is empty, as a refusal without a body may be', async (contentEncoding) => {
  expect(await read(Buffer.alloc(0), contentEncoding)).toBe('')
})

test('a body whose last bytes are missing is what came of it, because a token may be whole in it', async () => {
  expect(await read(gzipSync(TEXT).subarray(0, -8), 'gzip')).toBe(TEXT)
})

test('a body in more layers than anybody packs is not unpacked', async () => {
  await expect(read(Buffer.from(TEXT), Array.from({ length: 6 }, () => 'gzip').join())).rejects.toThrow(/too many layers/)
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
