import { expect, test } from 'vitest'
import { isGuessable } from './password-strength'

test.each([
  ['aaaaaaaaaaaaaaaaaa', 'one character'],
  ['abcabcabcabcabcabc', 'one unit repeated'],
  ['passwordpassword1', 'a common word twice'],
  ['abcdefghijklmnopq', 'the alphabet'],
  ['qwertyuiopasdfgh', 'a keyboard run'],
  ['asdfghjklqwertyuiop', 'two keyboard runs'],
  ['1qaz2wsx3edc4rfv', 'columns of the keyboard'],
  ['!QAZ2wsx#EDC4rfv', 'columns of the keyboard, some with shift'],
  ['zaq12wsxcde34rfv', 'columns up and down'],
  ['1q2w3e4r5t6y7u8i', 'a zigzag over two rows'],
  ['1234qwerasdfzxcv', 'the beginnings of the rows'],
  ['azertyuiopqsdfg', 'a French keyboard run'],
  ['poiuytrewqlkjhg', 'a run backwards'],
  ['987654321098765', 'digits backwards'],
  ['a1b2c3d4e5f6g7h8', 'alphabet and digits woven into each other'],
  ['aabbccddeeffgghh', 'the alphabet, each letter twice'],
  ['abcd1234abcd1234', 'eight characters twice'],
  ['P@ssw0rd1234567', 'a common word in disguise'],
  ['p@ssw0rdp@ssw0rd', 'a common word in disguise, twice'],
  ['thisismypassword', 'common words'],
  ['hello world hello', 'common words with spaces'],
  ['Sommer2026Sommer', 'a season and a year'],
  ['mondaytuesday123', 'days and digits'],
  ['whatever1234567', 'a common word and digits'],
  ['jesuschristislord', 'a phrase of every list'],
  ['Correct-Horse-Battery-Staple', 'the best known phrase of all'],
  ['Welcome123456789!', 'a common word and digits'],
  ['Giulia.Rossi.2026!!', 'the name of its owner'],
])('counts %s as guessable, because it is %s', (password) => {
  expect(isGuessable(password, ['Giulia Rossi', 'giulia@example.com'])).toBe(true)
})

test.each([
  'four unrelated quiet words',
  'ginger anvil morning tuba',
  'tr0ub4dor and three more',
  'we were there before the poets',
  '長い秘密の言葉をここに書きます',
  'Vz8!kQp2-mN4x_Lw',
  'e7c1f0a98b24d356',
])(
  'takes %s, because nobody tries it early',
  (password) => {
    expect(isGuessable(password, ['Giulia Rossi', 'giulia@example.com'])).toBe(false)
  },
)

test('counts a person’s own e-mail address as guessable, though its words are too short to count by themselves', () => {
  expect(isGuessable('Ada@Li-Bo.example.com', ['Ada Li', 'ada@li-bo.example.com'])).toBe(true)
})

test('takes what a password manager makes, a thousand times', () => {
  const characters = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!@#%&*-_'
  // The same thousand in every run.
  let state = 20_261_125
  const one = () => characters.charAt((state = (state * 48_271) % 2_147_483_647) % characters.length)
  const made = Array.from({ length: 1_000 }, (_, index) => Array.from({ length: 16 + (index % 8) }, one).join(''))
  expect(made.filter((each) => isGuessable(each, ['Giulia Rossi', 'giulia@example.com']))).toEqual([])
})
