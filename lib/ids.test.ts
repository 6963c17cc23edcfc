import { expect, test } from 'vitest'
import { isUuid } from './ids'

const ID = '0192f0c1-7b1a-7c3d-8e4f-0123456789ab'

test('takes a UUID in lower case as an id', () => {
  expect(isUuid(ID)).toBe(true)
})

test.each([
  '',
  ID.toUpperCase(),
  `{${ID}}`,
  `${ID}\n`,
  ` ${ID}`,
  ID.replaceAll('-', ''),
  ID.replace('7c3d', '0c3d'),
  ID.slice(1),
  null,
  5,
  [ID],
])('refuses %j, because one id has one spelling', (text) => {
  expect(isUuid(text)).toBe(false)
})
