import { expect, test } from 'vitest'
import { machineKeyQuerySchema } from '@/contracts/machine-keys'
import { mailQuerySchema } from '@/contracts/mail'
import { readUrlQuery } from './read-url-query'

test('a value that is not valid counts as absent and does not spoil the others', () => {
  expect(readUrlQuery(mailQuerySchema, { state: 'sent', page: '3' })).toEqual({ state: 'sent', page: 3 })
  expect(readUrlQuery(mailQuerySchema, { state: 'lost', page: '3', utm: 'x' })).toEqual({ page: 3 })
  expect(readUrlQuery(mailQuerySchema, { state: ['sent', 'failed'], page: '' })).toEqual({ state: 'sent', page: 1 })
})

test.each([{ page: '0' }, { page: 'x' }, { sort: 'digest' }, { show: 'none' }, { direction: 'up' }, { q: '' }, { q: 'x'.repeat(101) }])(
  'what is not valid falls back to its default: %j',
  (search) => {
    expect(readUrlQuery(machineKeyQuerySchema, search)).toEqual({ show: 'valid', sort: 'created', direction: 'desc', page: 1 })
  },
)
