import { describe, expect, it } from 'vitest'
import { parseCsv } from './parse-csv'

describe('parseCsv', () => {
  it.each([
    ['a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
    ['a;b\r\n1;2,5\r\n', [['a', 'b'], ['1', '2,5']]],
    ['\uFEFFa,b\n"Hotel ""Roma"", Centro","two\nlines"', [['a', 'b'], ['Hotel "Roma", Centro', 'two\nlines']]],
    ['a,b\n\n , \n1,', [['a', 'b'], ['1', '']]],
    ['', []],
    ['a,"never closed', [['a', '"never closed']]],
    ['a,5" pipe', [['a', '5" pipe']]],
  ])('reads %j', (text, rows) => {
    expect(parseCsv(text)).toEqual(rows)
  })
})
