import { expect, test } from 'vitest'
import { isGuessable } from './password-strength'

test.each([
  ['aaaaaaaaaaaaaaaaaa', 'one character'],
  ['abcabcabcabcabcabc', 'one unit repeated'],
  ['passwordpassword1', 'a common word twice'],
  ['abcdefghijklmnopq', 'the alphabet'],
  ['qwertyuiopasdfgh', 'a keyboard run'],
  ['Welcome123456789!', 'a common word and digits'],
  ['Giulia.Rossi.2026!!', 'the name of its owner'],
])('counts %s as guessable, because it is %s', (password) => {
  expect(isGuessable(password, ['Giulia Rossi', 'giulia@example.com'])).toBe(true)
})

test.each(['correct horse battery staple', 'tr0ub4dor and three more', '長い秘密の言葉をここに書きます', 'Vz8!kQp2-mN4x_Lw'])(
  'takes %s, because nobody tries it early',
  (password) => {
    expect(isGuessable(password, ['Giulia Rossi', 'giulia@example.com'])).toBe(false)
  },
)

test('counts a person’s own e-mail address as guessable, though its words are too short to count by themselves', () => {
  expect(isGuessable('Ada@Li-Bo.example.com', ['Ada Li', 'ada@li-bo.example.com'])).toBe(true)
})
