import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCallbackQuery } from './callback-query'

test('takes a code with its state', () => {
  expect(parseCallbackQuery('?code=abc&state=s1')).toEqual({ kind: 'code', code: 'abc', state: 's1', issuer: null })
  expect(parseCallbackQuery('state=s%2B1&code=a%20b')).toEqual({
    kind: 'code',
    code: 'a b',
    state: 's+1',
    issuer: null,
  })
})

test('takes a state without a code for a refusal, because a refused consent brings no code', () => {
  expect(parseCallbackQuery('?state=s1')).toEqual({ kind: 'refused', state: 's1', error: null, issuer: null })
  expect(parseCallbackQuery('?error=access_denied&error_description=no&state=s1')).toEqual({
    kind: 'refused',
    state: 's1',
    error: 'access_denied',
    issuer: null,
  })
})

test('hands on the issuer when there is one, so that it can be compared', () => {
  expect(parseCallbackQuery('?code=a&state=b&iss=https%3A%2F%2Fadmin.octorate.com')).toMatchObject({
    issuer: 'https://admin.octorate.com',
  })
})

test('ignores a few parameters that nobody knows, because the upstream may add some', () => {
  expect(parseCallbackQuery('?code=a&state=b&lang=it&lang=en&x=')).toMatchObject({ kind: 'code', code: 'a' })
})

test.each([
  ['', 'missing_state'],
  ['?', 'missing_state'],
  ['?code=a', 'missing_state'],
  ['?error=denied', 'missing_state'],
  ['?code=a&code=a&state=s', 'repeated_parameter'],
  ['?code=a&state=s&state=s', 'repeated_parameter'],
  ['?code=a&state=s&c%6fde=b', 'repeated_parameter'],
  ['?state=s&error=a&error=b', 'repeated_parameter'],
  ['?code=a&state=s&iss=a&iss=b', 'repeated_parameter'],
  ['?code=&state=s', 'empty_parameter'],
  ['?code&state=s', 'empty_parameter'],
  ['?code=a&state=', 'empty_parameter'],
  ['?state=s&error=', 'empty_parameter'],
  ['?code=a&error=b&state=s', 'code_and_error'],
  [`?state=s&code=${'a'.repeat(2_049)}`, 'parameter_too_long'],
  [`?code=a&state=${'a'.repeat(2_049)}`, 'parameter_too_long'],
  [`?code=a&state=s&x=${'a'.repeat(8_192)}`, 'too_long'],
  [`?code=a&state=s${'&x=1'.repeat(31)}`, 'too_many_parameters'],
  ['?code=a%00&state=s', 'forbidden_character'],
  ['?code=a%0d%0aSet-Cookie:x&state=s', 'forbidden_character'],
  ['?code=a&state=s%7f', 'forbidden_character'],
  ['?code=a&state=s%C2%85', 'forbidden_character'],
  ['?code=a%E2%80%A8&state=s', 'forbidden_character'],
  ['?code=a%ff&state=s', 'bad_encoding'],
  ['?code=a%&state=s', 'bad_encoding'],
  ['?code=a%zz&state=s', 'bad_encoding'],
])('refuses %s as %s', (search, reason) => {
  expect(parseCallbackQuery(search)).toEqual({ kind: 'malformed', reason })
})

test('takes what is exactly as long as allowed', () => {
  expect(parseCallbackQuery(`?state=s&code=${'a'.repeat(2_048)}`)).toMatchObject({ kind: 'code' })
})

test('answers every query in kind and never throws, because strangers write it', () => {
  const name = fc.constantFrom('code', 'state', 'error', 'iss', 'x', 'c%6fde', 'STATE')
  const pair = fc.tuple(name, fc.oneof(fc.string({ unit: 'binary' }), fc.webQueryParameters(), fc.constant('a')))
  const query = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.array(pair, { maxLength: 5 }).map((pairs) => pairs.map(([key, value]) => `${key}=${value}`).join('&')),
    fc
      .array(fc.tuple(fc.constantFrom('code', 'state', 'error'), fc.string()), { maxLength: 4 })
      .map((pairs) => new URLSearchParams(pairs).toString()),
  )
  fc.assert(
    fc.property(query, (search) => {
      const result = parseCallbackQuery(search)
      const values = new URLSearchParams(search)
      const isSound =
        result.kind === 'malformed' ||
        (values.getAll('state').length === 1 &&
          result.state === values.get('state') &&
          result.state !== '' &&
          (result.kind === 'code' ? result.code === values.get('code') && !values.has('error') : !values.has('code')))
      expect(isSound).toBe(true)
    }),
    { numRuns: 10_000 },
  )
})
