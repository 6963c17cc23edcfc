import { expect, test } from 'vitest'
import { readKeyLines } from './read-key-lines'

const NUMBERS = Array.from({ length: 3_000 }, (_, index) => index)
const TEXT = `\uFEFFkey;property_id;name\r\n${NUMBERS.map((index) => `sbx_legacy_${index};${index + 1};"Càsa; ""${index}"""\r\n`).join('')}`
const LINES = NUMBERS.map((index) => ({ number: index + 2, key: `sbx_legacy_${index}`, propertyId: `${index + 1}`, name: `Càsa; "${index}"` }))

/** A body as it arrives, in pieces of so many bytes. */
async function* cut(text: string, bytes: number): AsyncGenerator<Uint8Array> {
  const whole = Buffer.from(text)
  for (let at = 0; at < whole.length; at += bytes) yield whole.subarray(at, at + bytes)
}

test.each([1, 7, 65_536, 10_000_000])('CSV is read the same wherever a piece of it ends, in the middle of a letter too: %i bytes', async (bytes) => {
  expect(await readKeyLines(cut(TEXT, bytes), 'csv')).toEqual(LINES)
})

test('a hundred wrong lines end the reading, because more would help nobody', async () => {
  let read = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of cut(`key,id\n${',324410\n'.repeat(50_000)}`, 1_000)) {
      read += 1
      yield piece
    }
  }
  await expect(readKeyLines(counted(), 'csv')).rejects.toMatchObject({ code: 'key_line_malformed', extras: { issues: { length: 100 } } })
  // The columns are told by the first 64 KB.
  expect(read).toBeLessThan(70)
})
