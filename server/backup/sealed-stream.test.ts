import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DamagedBackup, openStream, sealStream } from './sealed-stream'

const key = randomBytes(32)
const CHUNK = 64 * 1024
const WITH_TAG = CHUNK + 16

const through = (data: Buffer, stream: ReturnType<typeof sealStream>) => buffer(Readable.from(pieces(data)).pipe(stream))
/** Odd pieces, as a disk or a socket would give them. */
function* pieces(data: Buffer) {
  for (let at = 0; at < data.length; at += 10_007) yield data.subarray(at, at + 10_007)
}

describe('a sealed stream', () => {
  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])('of %i bytes opens to the same bytes', async (length) => {
    const data = randomBytes(length)
    expect((await through(await through(data, sealStream(key)), openStream(key))).equals(data)).toBe(true)
  })

  test('shows nothing of what was in it', async () => {
    const sealed = await through(Buffer.from('a refresh token '.repeat(10_000)), sealStream(key))
    expect(sealed.includes('refresh token')).toBe(false)
  })

  test('fails on any byte that is another, because each chunk is proven before it is handed on', async () => {
    const sealed = await through(randomBytes(2 * CHUNK), sealStream(key))
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const forged = Buffer.from(sealed)
        forged[at] = (forged[at] ?? 0) ^ mask
        await expect(through(forged, openStream(key))).rejects.toBeInstanceOf(DamagedBackup)
      }),
      { numRuns: 40 },
    )
  })

  test.each([0, 10, WITH_TAG, WITH_TAG + 5, 2 * WITH_TAG])('fails when it ends after %i bytes, because the last chunk is marked', async (length) => {
    const sealed = await through(randomBytes(3 * CHUNK), sealStream(key))
    await expect(through(sealed.subarray(0, length), openStream(key))).rejects.toBeInstanceOf(DamagedBackup)
  })

  test('fails when two chunks change places, or one is there twice', async () => {
    const sealed = await through(randomBytes(3 * CHUNK), sealStream(key))
    const [first, second] = [sealed.subarray(0, WITH_TAG), sealed.subarray(WITH_TAG, 2 * WITH_TAG)]
    const rest = sealed.subarray(2 * WITH_TAG)
    await expect(through(Buffer.concat([second, first, rest]), openStream(key))).rejects.toBeInstanceOf(DamagedBackup)
    await expect(through(Buffer.concat([first, first, second, rest]), openStream(key))).rejects.toBeInstanceOf(DamagedBackup)
  })
})
