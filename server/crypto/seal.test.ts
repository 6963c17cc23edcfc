import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeKey, parseKeys } from './parse-keys'
import { open, seal, SealError, type SealContext } from './seal'

const keys = parseKeys(makeKey('k1'))
const context: SealContext = { table: 'connections', column: 'refresh_token_sealed', organizationId: 'o1', rowId: 'r1', version: 3 }

test('opens what it sealed, for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(open(keys, context, seal(keys, context, text))).toBe(text.toWellFormed())
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['another table', { table: 'admin_tokens' }],
  ['another column', { column: 'access_token_sealed' }],
  ['another organization', { organizationId: 'o2' }],
  ['another row', { rowId: 'r2' }],
  ['an older version put back', { version: 2 }],
])('refuses an envelope in %s, because it belongs to one place only', (_, other) => {
  const envelope = seal(keys, context, 'secret')
  expect(() => open(keys, { ...context, ...other }, envelope)).toThrow(expect.objectContaining({ reason: 'tampered' }))
})

test('refuses every single flipped bit of every part', () => {
  const envelope = seal(keys, context, 'a refresh token of some length')
  const parts = envelope.split('.')
  for (const index of [3, 4, 5, 6]) {
    const bytes = Buffer.from(parts[index] ?? '', 'base64url')
    for (let byte = 0; byte < bytes.length; byte += 1) {
      const flipped = Buffer.from(bytes)
      flipped[byte] = (flipped[byte] ?? 0) ^ (1 << (byte % 8))
      const forged = parts.with(index, flipped.toString('base64url')).join('.')
      expect(() => open(keys, context, forged)).toThrow(SealError)
    }
  }
})

test.each([4, 8, 12, 13, 14, 15])('refuses a tag cut to %d bytes, because a short tag can be guessed', (length) => {
  const parts = seal(keys, context, 'secret').split('.')
  const tag = Buffer.from(parts[6] ?? '', 'base64url').subarray(0, length).toString('base64url')
  expect(() => open(keys, context, parts.with(6, tag).join('.'))).toThrow(expect.objectContaining({ reason: 'malformed' }))
})

test.each(['', 'v1', 'v2.k1.A256GCM.a.b.c.d', 'v1.k1.A128GCM.a.b.c.d', 'plain text', 'v1..A256GCM.a.b.c.d'])(
  'calls %j malformed rather than passing it through',
  (envelope) => {
    expect(() => open(keys, context, envelope)).toThrow(expect.objectContaining({ reason: 'malformed' }))
  },
)

test('names the key id that an envelope needs, so that the operator knows which key is missing', () => {
  const envelope = seal(parseKeys(makeKey('elsewhere')), context, 'secret')
  expect(() => open(keys, context, envelope)).toThrow(
    expect.objectContaining({ reason: 'unknown_key', keyId: 'elsewhere', message: expect.stringContaining('elsewhere') }),
  )
})

test('refuses another key of the same id', () => {
  const envelope = seal(parseKeys(makeKey('k1')), context, 'secret')
  expect(() => open(keys, context, envelope)).toThrow(expect.objectContaining({ reason: 'tampered' }))
})

test('reads with every key and seals with the first, so that keys can be changed', () => {
  const [old, fresh] = [makeKey('k1'), makeKey('k2')]
  const before = seal(parseKeys(old), context, 'secret')
  const both = parseKeys(`${fresh},${old}`)
  expect(open(both, context, before)).toBe('secret')
  expect(seal(both, context, 'secret').split('.')[1]).toBe('k2')
})

test('never repeats salt or vector, in 20,000 envelopes', () => {
  const seen = new Set<string>()
  for (let index = 0; index < 20_000; index += 1) {
    const [, , , salt, iv] = seal(keys, context, 'x').split('.')
    seen.add(`${salt} ${iv}`)
  }
  expect(seen.size).toBe(20_000)
})

test('opens the envelopes of every earlier version for ever', () => {
  const golden = JSON.parse(readFileSync('tests/golden/sealed.json', 'utf8')) as {
    keys: string
    envelopes: { context: SealContext; envelope: string; plaintext: string }[]
  }
  expect(golden.envelopes.length).toBeGreaterThan(0)
  for (const { context: place, envelope, plaintext } of golden.envelopes) {
    expect(open(parseKeys(golden.keys), place, envelope)).toBe(plaintext)
  }
})
