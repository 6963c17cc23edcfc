import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseImportText, type ImportLine } from './parse-import-text'

const T1 = 'rt_9f8e7d6c5b4a'
const T2 = 'rt_0011223344==+/'
const lines = (text: string) => {
  const parsed = parseImportText(text)
  return parsed.ok ? parsed.lines : parsed.fault
}
const one: ImportLine = { number: 1, refreshToken: T1 }

describe('shapes that people paste and upload', () => {
  test.each<[string, string, unknown]>([
    ['one token', T1, [one]],
    ['one token and a line end', `${T1}\n`, [one]],
    ['two tokens', `${T1}\n${T2}`, [one, { number: 2, refreshToken: T2 }]],
    ['Windows line ends', `${T1}\r\n${T2}\r\n`, [one, { number: 2, refreshToken: T2 }]],
    ['line ends of an old Mac', `${T1}\r${T2}`, [one, { number: 2, refreshToken: T2 }]],
    ['a byte order mark', `\uFEFF${T1}`, [one]],
    ['a byte order mark before names', `\uFEFFrefresh_token\n${T1}`, [{ number: 2, refreshToken: T1 }]],
    ['blank lines between', `\n\n${T1}\n\n \n${T2}\n\n`, [{ number: 3, refreshToken: T1 }, { number: 6, refreshToken: T2 }]],
    ['blanks around a cell', `  ${T1} , 324410 `, [{ number: 1, refreshToken: T1, propertyId: '324410' }]],
    ['comma, with names', `property_id,refresh_token,name\n324410,${T1},Locanda`, [{ number: 2, refreshToken: T1, propertyId: '324410', name: 'Locanda' }]],
    ['semicolon, with names', `Property ID;Refresh token\n324410;${T1}`, [{ number: 2, refreshToken: T1, propertyId: '324410' }]],
    ['tab, with names', `Hotel\tToken\n324410\t${T1}`, [{ number: 2, refreshToken: T1, propertyId: '324410' }]],
    ['names in camel case', `refreshToken,propertyId\n${T1},1`, [{ number: 2, refreshToken: T1, propertyId: '1' }]],
    ['quoted names', `"refresh_token";"name"\n${T1};"Casa; al mare"`, [{ number: 2, refreshToken: T1, name: 'Casa; al mare' }]],
    ['unknown columns beside', `created,refresh_token,notes\n2026-01-01,${T1},"a, b"`, [{ number: 2, refreshToken: T1 }]],
    ['quoted cells', `"${T1}","324410","Casa ""Blu"""`, [{ number: 1, refreshToken: T1, propertyId: '324410', name: 'Casa "Blu"' }]],
    ['no names, token first', `${T1},324410,Locanda`, [{ number: 1, refreshToken: T1, propertyId: '324410', name: 'Locanda' }]],
    ['no names, property first', `324410;${T1}`, [{ number: 1, refreshToken: T1, propertyId: '324410' }]],
    ['a row that is too short', `refresh_token,property_id\n${T1}`, [{ number: 2, refreshToken: T1 }]],
    ['empty cells at the end', `${T1},324410,,,`, [{ number: 1, refreshToken: T1, propertyId: '324410' }]],
    ['a token with a comma in a file of tabs', `refresh_token\tproperty_id\na,b,c,d\t7`, [{ number: 2, refreshToken: 'a,b,c,d', propertyId: '7' }]],
    ['numbers of lines behind a quoted line end', `refresh_token,notes\n${T1},"two\nlines"\n${T2},x`, [{ number: 2, refreshToken: T1 }, { number: 4, refreshToken: T2 }]],
    ['letters behind a closing quote', `refresh_token,name\n${T1},"Casa" Blu\n${T2},x`, [{ number: 2, refreshToken: T1, name: 'Casa Blu' }, { number: 3, refreshToken: T2, name: 'x' }]],
    ['a property id that is no number', `refresh_token,property_id\n${T1},abc-7`, [{ number: 2, refreshToken: T1, propertyId: 'abc-7' }]],
  ])('reads %s', (_shape, text, expected) => {
    expect(lines(text)).toEqual(expected)
  })
})

describe('lines that cannot be imported say why and where', () => {
  test.each<[string, string, unknown]>([
    ['no token', 'refresh_token,property_id\n,324410', { number: 2, fault: 'missing', column: 'refreshToken' }],
    ['a token of three characters', 'abc', { number: 1, fault: 'too_short', column: 'refreshToken' }],
    ['a token of 4,001 characters', 'x'.repeat(4_001), { number: 1, fault: 'too_long', column: 'refreshToken' }],
    ['a blank within a token', 'refresh_token\nabc def', { number: 2, fault: 'characters', column: 'refreshToken' }],
    ['a letter outside ASCII in a token', 'refresh_token\nabcdé', { number: 2, fault: 'characters', column: 'refreshToken' }],
    ['a zero-width blank in a token', `refresh_token\nab\u200Bcd`, { number: 2, fault: 'characters', column: 'refreshToken' }],
    ['a property id that a spreadsheet rounded', `refresh_token,property_id\n${T1},3.2441E+11`, { number: 2, fault: 'rounded', column: 'propertyId' }],
    ['the same with a decimal comma', `refresh_token;property_id\n${T1};3,24E+11`, { number: 2, fault: 'rounded', column: 'propertyId' }],
    ['a blank within a property id', `refresh_token,property_id\n${T1},32 44`, { number: 2, fault: 'characters', column: 'propertyId' }],
    ['a property id of 101 characters', `refresh_token,property_id\n${T1},${'7'.repeat(101)}`, { number: 2, fault: 'too_long', column: 'propertyId' }],
    ['a name of 301 characters', `refresh_token,name\n${T1},${'n'.repeat(301)}`, { number: 2, fault: 'too_long', column: 'name' }],
    ['half a character in a name', `refresh_token,name\n${T1},a\uD800`, { number: 2, fault: 'characters', column: 'name' }],
    ['more cells than columns', `refresh_token,property_id\n${T1},1,surplus`, { number: 2, fault: 'too_many_columns', column: null }],
    ['a quote that never closes', `refresh_token,name\n${T1},"open`, { number: 2, fault: 'unclosed_quote', column: null }],
  ])('%s', (_shape, text, expected) => {
    expect(lines(text)).toEqual([expected])
  })

  test('a quote that never closes costs its own line only, because the next ones are as good as before', () => {
    expect(lines(`refresh_token,name\n${T1},"open\n${T2},x`)).toEqual([
      { number: 2, fault: 'unclosed_quote', column: null },
      { number: 3, refreshToken: T2, name: 'x' },
    ])
  })
})

describe('files that are refused whole', () => {
  test.each([
    ['nothing', '', 'empty'],
    ['blank lines only', '\n \r\n', 'empty'],
    ['names only', 'refresh_token,property_id\n', 'empty'],
    ['names without a token column', 'property_id,name\n324410,Locanda', 'no_token_column'],
    ['two token columns', `token,refresh_token\n${T1},${T2}`, 'column_twice'],
    ['more lines than the most', `${T1}\n`.repeat(20_001), 'too_many_lines'],
  ])('%s', (_shape, text, fault) => {
    expect(lines(text)).toBe(fault)
  })
})

test('takes any text in time that grows with its length, because a person waits', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('"', ',', ';', '\t', '\n', '\r', 'a', 'é', '\uFEFF', ' '), { maxLength: 2_000 }), (parts) => {
      const parsed = parseImportText(parts.join(''))
      expect(typeof parsed.ok).toBe('boolean')
    }),
    { numRuns: 300 },
  )
})

test('reads back what a spreadsheet writes, whatever stands in the names', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', ';', 'ß', ' ') , maxLength: 20 }), { minLength: 1, maxLength: 30 }), (names) => {
      const text = `refresh_token,name\r\n${names.map((name, index) => `token-${index},"${name.replaceAll('"', '""')}"\r\n`).join('')}`
      expect(lines(text)).toEqual(
        names.map((name, index) => ({ number: index + 2, refreshToken: `token-${index}`, ...(name.trim() ? { name: name.trim() } : {}) })),
      )
    }),
  )
})
