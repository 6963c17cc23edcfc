import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePastedCallback } from './pasted-callback'

const LOCALHOST = 'https://localhost'
const taken = { kind: 'code', code: 'c1', state: 's1', issuer: null }

test.each([
  ['https://localhost/?code=c1&state=s1', LOCALHOST],
  ['https://localhost?code=c1&state=s1', LOCALHOST],
  ['  https://localhost/?code=c1&state=s1\n', LOCALHOST],
  ['"https://localhost/?code=c1&state=s1"', LOCALHOST],
  ['<https://localhost/?code=c1&state=s1>', LOCALHOST],
  ['localhost/?code=c1&state=s1', LOCALHOST],
  ['HTTPS://LOCALHOST/?code=c1&state=s1', LOCALHOST],
  ['https://localhost/?code=c1&state=s1#', LOCALHOST],
  ['https://my.example:8443/cb?a=b&code=c1&state=s1', 'https://my.example:8443/cb?a=b'],
])('takes the code out of %j', (text, redirectUri) => {
  expect(parsePastedCallback(text, redirectUri)).toEqual(taken)
})

test('tells a refusal apart from an address without anything in it', () => {
  expect(parsePastedCallback('https://localhost/?state=s1', LOCALHOST)).toMatchObject({ kind: 'refused', error: null })
  expect(parsePastedCallback('https://localhost/', LOCALHOST)).toEqual({ kind: 'no_code' })
  expect(parsePastedCallback('https://localhost/?lang=it', LOCALHOST)).toEqual({ kind: 'no_code' })
  expect(parsePastedCallback('https://localhost/?code=c1', LOCALHOST)).toEqual({
    kind: 'malformed',
    reason: 'missing_state',
  })
})

test.each([
  '',
  'c1',
  'code=c1&state=s1',
  'see https://localhost/?code=c1&state=s1',
  'javascript:alert(1)',
  'x'.repeat(10_001),
])('takes %j for no address', (text) => {
  expect(parsePastedCallback(text, LOCALHOST)).toEqual({ kind: 'not_an_address' })
})

test.each([
  ['http://localhost/?code=c1&state=s1', LOCALHOST, 'scheme'],
  ['https://localhost:8443/?code=c1&state=s1', LOCALHOST, 'port'],
  ['https://localhost/cb/?code=c1&state=s1', 'https://localhost/cb', 'trailing_slash'],
  ['https://localhost/CB?code=c1&state=s1', 'https://localhost/cb', 'path_case'],
  ['https://localhost.evil.test/?code=c1&state=s1', LOCALHOST, 'host'],
])('refuses %s for %s by its %s, because the code is bound to the redirect URI', (text, redirectUri, difference) => {
  expect(parsePastedCallback(text, redirectUri)).toMatchObject({
    kind: 'different_redirect_uri',
    nearMiss: { difference },
  })
})

test('refuses an address that lost a parameter of the redirect URI', () => {
  expect(parsePastedCallback('https://localhost/?code=c&state=s', 'https://localhost/?a=b').kind).toBe(
    'different_redirect_uri',
  )
})

test('never throws, whatever is pasted', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true })), (text) => {
      expect(parsePastedCallback(text, LOCALHOST).kind).not.toBe('code')
      expect(parsePastedCallback(`https://localhost/?${text}`, LOCALHOST)).toHaveProperty('kind')
    }),
    { numRuns: 2_000 },
  )
})
