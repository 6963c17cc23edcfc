import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import vectors from '../tests/vectors/return-to.json'
import { safeReturnTo } from './return-to'

const FALLBACK = '/fallback'

test.each(vectors)('goes to the default page instead of $value', ({ value }) => {
  expect(safeReturnTo(value, FALLBACK)).toBe(FALLBACK)
})

test.each([
  '',
  '/%2fevil.test',
  '/%2F%2Fevil.test',
  '/a//b',
  '/a/%2e%2e/b',
  '/a/..',
  '/.',
  '/a%00',
  '/a%0d%0ab',
  '/%255cevil',
  '/é',
  '/\u202e',
  '/api/auth/signout',
  '/API/x',
  '/api',
  '/oauth/authorize?x',
  '/_next/data',
  `/${'a'.repeat(2_048)}`,
  'connections',
  './connections',
  '/connections ',
  '/a\ud800',
  '/<script>',
  '\\/evil.test',
  '/\u00a0/evil.test',
])('goes to the default page instead of %j', (value) => {
  expect(safeReturnTo(value, FALLBACK)).toBe(FALLBACK)
})

test.each([null, undefined, 5, {}, ['/connections'], new URL('https://console.example/')])(
  'goes to the default page instead of %j',
  (value) => {
    expect(safeReturnTo(value, FALLBACK)).toBe(FALLBACK)
  },
)

test.each([
  '/',
  '/connections',
  '/connections/0192f0c1',
  '/connections?status=expiring&q=a%2Fb',
  '/audit-events?from=2026-01-01#top',
  '/api-clients',
  '/a.b',
])('goes to %s', (value) => {
  expect(safeReturnTo(value, FALLBACK)).toBe(value)
})

test('never leaves the origin, whatever is asked for', () => {
  const pieces = fc
    .array(
      fc.constantFrom(
        '/',
        '//',
        '\\',
        '..',
        '.',
        '@',
        ':',
        '?',
        '#',
        '%2f',
        '%5c',
        '%2e',
        'evil.test',
        'https:',
        '\t',
        '\n',
        ' ',
        'a',
        '。',
        '／',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(''))
  const value = fc.oneof(
    pieces,
    pieces.map((text) => `/${text}`),
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.webPath(),
  )
  fc.assert(
    fc.property(value, (asked) => {
      const target = safeReturnTo(asked, FALLBACK)
      const resolved = new URL(target, 'https://console.example/deep/page')
      expect(resolved.origin).toBe('https://console.example')
      expect(resolved.pathname.startsWith('//') || target.startsWith('//')).toBe(false)
      expect(decodeURIComponent(resolved.pathname)).not.toMatch(/^\/[/\\]/)
    }),
    { numRuns: 20_000 },
  )
})
