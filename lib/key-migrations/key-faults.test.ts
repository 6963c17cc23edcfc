import { describe, expect, test } from 'vitest'
import { KEY_FAULTS, type KeyFault, type KeyFaultCode } from './key-fault'
import { readKeyText } from './read-key-text'

const KEY = 'k7Qp2xVn94Lr'
const HEAD = 'key,property_id,name'
const good = `${KEY}a,1001,Hotel Roma`
const under = (line: string) => `${HEAD}\n${good}\n${line}`

/** Each kind of bad row: the text, and where it is found. */
const ROWS: readonly (readonly [KeyFaultCode, string, Omit<KeyFault, 'fault'>])[] = [
  ['empty_file', '\uFEFF\r\n \n', { number: 1, column: 1 }],
  ['spreadsheet_file', 'PK\u0003\u0004\u0014\0', { number: 1, column: 1 }],
  ['utf16', '\uFFFD\uFFFDk\0e\0y\0', { number: 1, column: 1 }],
  ['no_key_column', 'property_id,name\n1001,Hotel Roma', { number: 1, column: 1 }],
  ['two_key_columns', `key,property_id,api_key\n${KEY},1001,${KEY}b`, { number: 1, column: 3 }],
  ['no_property_column', `api key,name\n${KEY},Hotel Roma`, { number: 1, column: 3 }],
  ['duplicate_header', `key,property_id,name,name\n${KEY},1001,a,b`, { number: 1, column: 4 }],
  ['too_many_lines', `${HEAD}\n${Array.from({ length: 20_001 }, (_none, index) => `${KEY}${index},${index + 1},x`).join('\n')}`, { number: 20_002, column: 1 }],
  ['line_too_long', under(`${KEY},1002,${'x'.repeat(70_000)}`), { number: 3, column: 1 }],
  ['unclosed_quote', under(`${KEY},"1002,Hotel`), { number: 3, column: 2 }],
  ['text_after_quote', under(`${KEY},1002,"Hotel" Roma`), { number: 3, column: 3 }],
  ['too_many_cells', under(`${KEY},1002,Hotel Roma, Centro`), { number: 3, column: 4 }],
  ['too_few_cells', under(KEY), { number: 3, column: 2 }],
  ['header_again', under('Key,Property ID,Name'), { number: 3, column: 1 }],
  ['html', under('<tr><td>1002</td></tr>'), { number: 3, column: 1 }],
  ['json', under(`{"key":"${KEY}","property":1002}`), { number: 3, column: 1 }],
  ['nul', under(`${KEY}\0,1002,`), { number: 3, column: 1, character: 'U+0000' }],
  ['wrong_encoding', under(`${KEY},1002,Citt\uFFFD`), { number: 3, column: 3, character: 'U+FFFD' }],
  ['control_character', under(`${KEY}\u0007b,1002,`), { number: 3, column: 1, character: 'U+0007' }],
  ['half_character', under(`${KEY},1002,a\uD800`), { number: 3, column: 3, character: 'U+D800' }],
  ['invisible_character', under(`${KEY},10\u200B02,`), { number: 3, column: 2, character: 'U+200B' }],
  ['formula', under(`=HYPERLINK("x"),1002,`), { number: 3, column: 1 }],
  ['spreadsheet_error', under(`${KEY},#REF!,`), { number: 3, column: 2 }],
  ['key_missing', under(' ,1002,Hotel Roma'), { number: 3, column: 1 }],
  ['key_placeholder', under('n/a,1002,'), { number: 3, column: 1 }],
  ['key_masked', under('••••••4Lr2,1002,'), { number: 3, column: 1 }],
  ['key_url', under(`https://api.octorate.com/?key=${KEY},1002,`), { number: 3, column: 1 }],
  ['key_with_prefix', under(`Bearer ${KEY},1002,`), { number: 3, column: 1 }],
  ['key_in_quotes', under(`'${KEY}',1002,`), { number: 3, column: 1 }],
  ['key_smart_quotes', under(`“${KEY}”,1002,`), { number: 3, column: 1 }],
  ['key_inner_space', under('k7Qp2xVn 94Lr,1002,'), { number: 3, column: 1 }],
  ['key_not_ascii', under('k7Qp2xVné4Lr,1002,'), { number: 3, column: 1 }],
  ['key_is_machine_key', under('krk_live_0123456789,1002,'), { number: 3, column: 1 }],
  ['key_is_refresh_token', under('refresh_9f8e7d6c,1002,'), { number: 3, column: 1 }],
  ['key_is_client_secret', under('sbx_secret_7d3f0b8a,1002,'), { number: 3, column: 1 }],
  ['key_is_access_token', under('eyJhbGciOi.eyJzdWIi.x-_9,1002,'), { number: 3, column: 1 }],
  ['key_too_short', under('k7Q,1002,'), { number: 3, column: 1 }],
  ['key_too_long', under(`${'k'.repeat(1_001)},1002,`), { number: 3, column: 1 }],
  ['columns_swapped', under(`1002,${KEY}9999,`), { number: 3, column: 1 }],
  ['property_missing', under(`${KEY},,Hotel Roma`), { number: 3, column: 2 }],
  ['property_exponent', under(`${KEY},"3,2441E+11",`), { number: 3, column: 2 }],
  ['property_negative', under(`${KEY},-1002,`), { number: 3, column: 2 }],
  ['property_thousands', under(`${KEY},"324,410",`), { number: 3, column: 2 }],
  ['property_decimal', under(`${KEY},1002.0,`), { number: 3, column: 2 }],
  ['property_leading_zeros', under(`${KEY},001002,`), { number: 3, column: 2 }],
  ['property_not_number', under(`${KEY},Hotel Roma,`), { number: 3, column: 2 }],
  ['property_too_long', under(`${KEY},${'1'.repeat(65)},`), { number: 3, column: 2 }],
  ['name_too_long', under(`${KEY},1002,${'n'.repeat(301)}`), { number: 3, column: 3 }],
  ['duplicate_line', under(good), { number: 3, column: 2, of: 2 }],
  ['duplicate_property', under(`${KEY}b,1001,`), { number: 3, column: 2, of: 2 }],
  ['duplicate_key', under(`${KEY}a,1002,`), { number: 3, column: 1, of: 2 }],
]

describe('each kind of bad row has its own code, line and column', () => {
  test.each(ROWS)('%s', (fault, text, place) => {
    const read = readKeyText(text)
    const found = read.ok ? read.lines.filter((line) => 'fault' in line) : [read.fault]
    expect(found).toEqual([{ fault, ...place }])
  })

  test('no kind is without an example, and none has two', () => {
    expect(ROWS.map(([fault]) => fault)).toEqual([...KEY_FAULTS])
  })

  test('a fault never holds the key, because it is shown and logged', () => {
    const faults = ROWS.flatMap(([, text]) => {
      const read = readKeyText(text)
      return read.ok ? read.lines.filter((line) => 'fault' in line) : [read.fault]
    })
    expect(JSON.stringify(faults)).not.toContain(KEY)
  })
})
