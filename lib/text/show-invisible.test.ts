import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { showInvisible } from './show-invisible'

test.each([
  ['Hotel \u202Etxt', 'Hotel ⟨U+202E⟩txt', 'bidi override'],
  ['a\u200Bb', 'a⟨U+200B⟩b', 'zero-width space'],
  ['a\u2066b\u2069', 'a⟨U+2066⟩b⟨U+2069⟩', 'bidi isolates'],
  ['a\u0000b', 'a⟨U+0000⟩b', 'NUL'],
  ['a\r\nb\tc', 'a⟨U+000D⟩⟨U+000A⟩b⟨U+0009⟩c', 'control characters'],
  ['\u001b[31m', '⟨U+001B⟩[31m', 'terminal escape'],
  ['a\u0085b', 'a⟨U+0085⟩b', 'C1 control character'],
  ['\ud800x', '⟨U+D800⟩x', 'lone high surrogate'],
  ['x\udc00', 'x⟨U+DC00⟩', 'lone low surrogate'],
  ['\ufeffa', '⟨U+FEFF⟩a', 'BOM'],
  ['a\u2028b', 'a⟨U+2028⟩b', 'line separator'],
  ['a\u3164b', 'a⟨U+3164⟩b', 'Hangul filler'],
  ['a\u{e0041}b', 'a⟨U+E0041⟩b', 'tag character'],
  ['a\ufffeb', 'a⟨U+FFFE⟩b', 'noncharacter'],
])('shows %j as %j, because of: %s', (text, shown) => {
  expect(showInvisible(text)).toBe(shown)
})

test.each(['Hôtel d’Été', 'ホテル東京', 'فندق', '❤️ Rooms 🏨', '<b>', '', 'a b'])('leaves %j as it is', (text) => {
  expect(showInvisible(text)).toBe(text)
})

test('cuts by characters, and never through one', () => {
  expect(showInvisible('🏨🏨🏨', 2)).toBe('🏨🏨…')
  expect(showInvisible('abc', 3)).toBe('abc')
  expect(showInvisible('a'.repeat(10_000))).toHaveLength(257)
})

test('shows only what can be seen, and is done after one pass', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = showInvisible(text)
      expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u)
      expect(() => encodeURIComponent(shown)).not.toThrow()
      expect(showInvisible(shown, 10_000)).toBe(shown)
    }),
    { numRuns: 5_000 },
  )
})
