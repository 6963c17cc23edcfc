import { expect, test } from 'vitest'
import { toCsv } from './to-csv'

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\u200B=1', '|calc', '%0A', '＝1+1'])(
  'puts an apostrophe before %j, because a spreadsheet would run it',
  (cell) => {
    expect(toCsv([[cell]])).toBe(`"'${cell}"\r\n`)
  },
)

test('leaves words and numbers as they are', () => {
  expect(toCsv([['Locanda del Moro', 'a-b', 'x=1', -5, null]])).toBe('"Locanda del Moro","a-b","x=1","-5",""\r\n')
})

test('doubles quotes and keeps line ends inside a cell, so that no cell spills over', () => {
  expect(toCsv([['a "b"\nc', 'd,e']])).toBe('"a ""b""\nc","d,e"\r\n')
})
