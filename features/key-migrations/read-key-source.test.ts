import { expect, test } from 'vitest'
import { readHead, readLines } from './read-key-source'

const CHOICE = { delimiter: ';', hasHeading: true, columns: { key: 0, propertyId: 1, name: 2 } }
const HEAD = 'key;property_id;name\r\n'
const file = (bytes: BlobPart[]) => ({ kind: 'file' as const, file: new File(bytes, 'keys.csv') })
const { signal } = new AbortController()

test('a file is read as the same text would be, however long it is', async () => {
  const text = HEAD + Array.from({ length: 5_000 }, (_none, index) => `key-${index}-aaaa;${index + 1};Città "${index}" ${'x'.repeat(40)}\r\n`).join('')
  const fromFile = await readLines(file(['\uFEFF', text]), CHOICE, signal)
  expect(fromFile).toHaveLength(5_000)
  expect(fromFile).toEqual(await readLines({ kind: 'text', text }, CHOICE, signal))
})

test('bytes that are no UTF-8 are named, because a name would be wrong for ever', async () => {
  const bytes = new Uint8Array([...new TextEncoder().encode(`${HEAD}key-1-aaaa;1;Citt`), 0xe0])
  expect(await readLines(file([bytes]), CHOICE, signal)).toEqual([{ number: 2, column: 3, fault: 'wrong_encoding', character: 'U+FFFD' }])
})

test('a line too many ends the reading, because the file is refused whole', async () => {
  const text = HEAD + Array.from({ length: 60_000 }, (_none, index) => `key-${index}-aaaa;${index + 1};\n`).join('')
  const lines = await readLines({ kind: 'text', text }, CHOICE, signal)
  expect(lines.filter((line) => 'fault' in line)).toEqual([{ number: 20_002, column: 1, fault: 'too_many_lines' }])
})

test('the beginning is read alone, because the columns are told by it', async () => {
  expect(await readHead(file([HEAD, 'x'.repeat(200_000)]))).toHaveLength(65_536)
})

test('reading ends when something else was brought in the meantime', async () => {
  const aborted = new AbortController()
  aborted.abort(new Error('something else'))
  await expect(readLines({ kind: 'text', text: `${HEAD}key-1-aaaa;1;` }, CHOICE, aborted.signal)).rejects.toThrow('something else')
})
