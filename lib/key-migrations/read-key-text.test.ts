import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeKeyFile } from './describe-key-file'
import { keyLineReader, type KeyFileLine } from './key-line-reader'
import { readKeyText } from './read-key-text'

const [A, B] = ['k7Qp2xVn94Lr', 'zz88-aa77+/==']
const lines = (text: string) => {
  const read = readKeyText(text)
  return read.ok ? read.lines : read.fault
}
const line = (number: number, key: string, ...[propertyId = '', name]: string[]): KeyFileLine => ({ number, key, propertyId, ...(name ? { name } : {}) })

describe('shapes that people paste and upload', () => {
  test.each<[string, string, unknown]>([
    ['comma', `key,property_id,name\n${A},1001,Roma`, [line(2, A, '1001', 'Roma')]],
    ['semicolon', `API key;Property;Name\n${A};1001;Roma`, [line(2, A, '1001', 'Roma')]],
    ['tab', `apikey\tid\n${A}\t1001\n${B}\t1002`, [line(2, A, '1001'), line(3, B, '1002')]],
    ['a byte order mark and Windows line ends', `\uFEFFkey,property_id\r\n${A},1001\r\n`, [line(2, A, '1001')]],
    ['quoted cells with doubled quotes', `key,property_id,name\n"${A}","1001","Casa ""Blu"", Roma"`, [line(2, A, '1001', 'Casa "Blu", Roma')]],
    ['other columns between', `created,Old API key,notes,Accommodation ID\n2020-01-01,${A},"a\nb",1001\nx,${B},,1002`, [line(2, A, '1001'), line(4, B, '1002')]],
    ['Italian names', `Codice;Nome struttura;Chiave API\n1001;Roma;${A}`, [line(2, A, '1001', 'Roma')]],
    ['a hotel beside an id is its name', `hotel,id,key\nRoma,1001,${A}`, [line(2, A, '1001', 'Roma')]],
    ['no names, key first', `${A},1001,Roma\n${B},1002`, [line(1, A, '1001', 'Roma'), line(2, B, '1002')]],
    ['no names, id first', `1001\t${A}`, [line(1, A, '1001')]],
    ['a name that looks like markup beside good cells', `name,key,property_id\n<b>Villa</b>,${A},1001`, [line(2, A, '1001', '<b>Villa</b>')]],
    ['empty cells at the end', `${A},1001,,,`, [line(1, A, '1001')]],
  ])('%s', (_shape, text, expected) => {
    expect(lines(text)).toEqual(expected)
  })
})

test('a heading that names nothing known is still a heading, so that a person can choose the columns', () => {
  const { layout, fault } = describeKeyFile(`Alpha;Beta;Gamma\n1001;x;${A}`)
  expect(layout).toMatchObject({ delimiter: ';', hasHeading: true, first: { cells: ['Alpha', 'Beta', 'Gamma'] }, columns: { key: null, propertyId: null } })
  expect(fault).toEqual({ number: 1, column: 1, fault: 'no_key_column' })
  const reader = keyLineReader({ delimiter: ';', hasHeading: true, columns: { key: 2, propertyId: 0, name: 1 } })
  expect([...reader.push(`Alpha;Beta;Gamma\n1001;x;${A}`), ...reader.end()]).toEqual([line(2, A, '1001', 'x')])
})

test('a malformed line makes no other a duplicate, because it is not sent', () => {
  expect(lines(`key,property_id\n${A},-1001\n${A},1001`)).toEqual([{ number: 2, column: 2, fault: 'property_negative' }, line(3, A, '1001')])
})

test('text is read alike however it is cut, because a file comes in pieces', () => {
  const text = `key,property_id,name\r\n${Array.from({ length: 50 }, (_none, index) => `${A}${index},${1_000 + index},"Casa ""${index}"""`).join('\r\n')}\r\n`
  const whole = lines(text)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 50 }), (sizes) => {
      const reader = keyLineReader({ delimiter: ',', hasHeading: true, columns: { key: 0, propertyId: 1, name: 2 } })
      const read = []
      let at = 0
      for (let turn = 0; at < text.length; turn += 1) {
        const end = at + (sizes[turn % sizes.length] ?? 1)
        read.push(...reader.push(text.slice(at, end)))
        at = end
      }
      expect([...read, ...reader.end()]).toEqual(whole)
    }),
    { numRuns: 200 },
  )
})

test('any text is read without an error, and every line is either good or says why', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('"', ',', ';', '\t', '\n', '\r', 'key', '1001', A, 'é', '\uFEFF', '\0', ' ', '=', '<', '{'), { maxLength: 200 }), (parts) => {
      const read = readKeyText(parts.join(''))
      for (const each of read.ok ? read.lines : [read.fault]) {
        expect('fault' in each ? String(each.column) : each.propertyId).toMatch(/^[1-9]\d*$/)
      }
    }),
    { numRuns: 1_000 },
  )
})
