import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseStrictJson } from './strict-json'

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(
      fc.json({ maxDepth: 6, noUnicodeString: false }),
      fc.constantFrom(undefined, 2, '\t'),
      (text, indent) => {
        const printed = JSON.stringify(JSON.parse(text), null, indent)
        expect(parseStrictJson(printed)).toEqual({ ok: true, value: JSON.parse(printed) })
      },
    ),
    { numRuns: 5_000 },
  )
})

test('refuses what JSON.parse refuses', () => {
  const broken = fc
    .tuple(fc.json(), fc.nat(30), fc.string({ maxLength: 2 }))
    .map(([text, at, noise]) => text.slice(0, at) + noise + text.slice(at + 1))
  const parses = (text: string) => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  fc.assert(
    fc.property(fc.oneof(broken, fc.string({ unit: 'binary' })), (text) => {
      const result = parseStrictJson(text)
      expect(result.ok || result.reason !== 'syntax').toBe(parses(text))
    }),
    { numRuns: 5_000 },
  )
})

test('finds a repeated key wherever and however it is written', () => {
  const hex = (text: string, index: number) => text.charCodeAt(index).toString(16).padStart(4, '0')
  const escaped = (text: string) => `"${Array.from(text, (_, index) => `\\u${hex(text, index)}`).join('')}"`
  const key = fc
    .string({ maxLength: 8 })
    .chain((name) => fc.constantFrom(...[JSON.stringify, escaped].map((spell) => [JSON.stringify(name), spell(name)])))
  const value = fc.json({ maxDepth: 3 })
  fc.assert(
    fc.property(key, value, value, ([first, second], a, b) => {
      expect(parseStrictJson(`[{ ${first} : ${a}, ${second} : ${b} }]`)).toEqual({ ok: false, reason: 'duplicate_key' })
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['{"a":1,"a":1}', 'duplicate_key'],
  ['{"a":1,"\\u0061":2}', 'duplicate_key'],
  ['{"x":{"a":1,"b":[{"a":1,"a":2}]}}', 'duplicate_key'],
  ['{"a\\"":1,"a\\"":2}', 'duplicate_key'],
  ['', 'syntax'],
  ['\ufeff{}', 'syntax'],
  ['{"a":1}}', 'syntax'],
  ["{'a':1}", 'syntax'],
  ['"\\', 'syntax'],
  ['{"\\x":1}', 'syntax'],
  [`${'['.repeat(33)}${']'.repeat(33)}`, 'too_deep'],
  ['{"a":'.repeat(100_000), 'too_deep'],
])('refuses %j as %s', (text, reason) => {
  expect(parseStrictJson(text)).toEqual({ ok: false, reason })
})

test.each([
  ['{"a":{"b":1},"b":{"b":1}}'],
  ['["a","a",{"a":"a:"},{"a":"b"}]'],
  ['{"a":"{\\"a\\":1,\\"a\\":2}"}'],
  ['{"a":"\\\\","b":1}'],
  [`${'['.repeat(32)}${']'.repeat(32)}`],
  ['"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["'],
  ['null'],
])('reads %s, because nothing in it has two meanings', (text) => {
  expect(parseStrictJson(text)).toEqual({ ok: true, value: JSON.parse(text) })
})

test('keeps a key called __proto__ a plain key, because an answer must not reach our objects', () => {
  const result = parseStrictJson('{"__proto__":{"isAdmin":true}}')
  expect(result.ok && Object.keys(result.value as object)).toEqual(['__proto__'])
  expect({}).not.toHaveProperty('isAdmin')
})
