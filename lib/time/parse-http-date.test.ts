import { expect, test } from 'vitest'
import { parseHttpDate } from './parse-http-date'

test('reads the date that servers write', () => {
  expect(parseHttpDate('Tue, 17 Mar 2020 17:41:51 GMT')).toEqual(new Date('2020-03-17T17:41:51Z'))
})

test.each([
  null,
  '',
  '2020-03-17T17:41:51Z',
  'Tue, 17 Mar 2020 17:41:51',
  'Tue, 17 Mar 2020 25:41:51 GMT',
  'Tuesday, 17-Mar-20 17:41:51 GMT',
])('takes %j for no date', (text) => {
  expect(parseHttpDate(text)).toBeNull()
})
