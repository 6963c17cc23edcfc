import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellReader, type CellRow } from './cell-reader'
import { readCells } from './read-cells'

const inPieces = (pieces: readonly string[]): CellRow[] => {
  const reader = cellReader(',')
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()]
}
const good = (number: number, ...cells: string[]): CellRow => ({ number, cells, fault: null })

describe('text that comes in pieces', () => {
  test.each<[string, string[], CellRow[]]>([
    ['a line end between its two characters', ['a,b\r', '\nc,d'], [good(1, 'a', 'b'), good(2, 'c', 'd')]],
    ['a doubled quote between its two characters', ['"say "', '"hi""",b\n'], [good(1, 'say "hi"', 'b')]],
    ['a byte order mark of its own', ['\uFEFF', 'a,b'], [good(1, 'a', 'b')]],
    ['a quoted line end', ['"two\n', 'lines",b\n', 'c,d\n'], [good(1, 'two\nlines', 'b'), good(3, 'c', 'd')]],
    ['a cell in halves', ['ab', 'cd,e', 'f\n'], [good(1, 'abcd', 'ef')]],
    ['blanks before a quote', ['a,  "b, c"\n'], [good(1, 'a', 'b, c')]],
  ])('%s', (_title, pieces, expected) => {
    expect(inPieces(pieces)).toEqual(expected)
  })

  test('is read alike however it is cut, because nobody chooses where a piece ends', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('"', '""', ',', '\n', '\r', '\r\n', 'a', ' ', '\uFEFF', 'long'), { maxLength: 60 }),
        fc.array(fc.nat(40), { maxLength: 8 }),
        (parts, cuts) => {
          const text = parts.join('')
          const places = [0, ...cuts.filter((cut) => cut < text.length).toSorted((a, b) => a - b), text.length]
          expect(inPieces(places.slice(1).map((end, index) => text.slice(places[index], end)))).toEqual(readCells(text, ','))
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('rows that are written wrongly say in which cell', () => {
  test('a quote that never closes costs its own line only', () => {
    expect(readCells('a,b\nc,"d\ne,f', ',')).toEqual([good(1, 'a', 'b'), { number: 2, cells: ['c', '"d'], fault: { kind: 'unclosed_quote', cell: 1 } }, good(3, 'e', 'f')])
  })

  test('a quote that closes after more than a line may hold is taken for one that never closes', () => {
    const rows = readCells(`"a\n${'b,c\n'.repeat(30_000)}"\nz`, ',')
    expect(rows[0]).toEqual({ number: 1, cells: ['"a'], fault: { kind: 'unclosed_quote', cell: 0 } })
    expect(rows[1]).toEqual(good(2, 'b', 'c'))
  })

  test('text behind a closing quote', () => {
    expect(readCells('a,"b" c', ',')).toEqual([{ number: 1, cells: ['a', 'b c'], fault: { kind: 'text_after_quote', cell: 1 } }])
  })

  test('a line without end is skipped up to the next one, and holds no memory', () => {
    const reader = cellReader(',')
    const rows = [reader.push('a,b\nlong'), ...Array.from({ length: 100 }, () => reader.push('x'.repeat(10_000))), reader.push('\nc,d\n'), reader.end()].flat()
    expect(rows.map(({ number, fault }) => [number, fault?.kind])).toEqual([[1, undefined], [2, 'line_too_long'], [3, undefined]])
  })
})
