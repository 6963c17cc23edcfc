import { describe, expect, test } from 'vitest'
import { isFiltered, machineKeysHref, parseKeyQuery } from './key-query'

const DEFAULT = { show: 'valid', sort: 'created', direction: 'desc', page: 1 }

describe('the address of the list', () => {
  test('is the shortest one for what is as by default', () => {
    expect(machineKeysHref(parseKeyQuery({}))).toBe('/machine-keys')
  })

  test('reads back as it was written', () => {
    const query = parseKeyQuery({ q: 'röm 1', show: 'all', sort: 'expires', direction: 'asc', page: '3' })
    const href = machineKeysHref(query)
    expect(parseKeyQuery(Object.fromEntries(new URL(href, 'http://localhost').searchParams))).toEqual(query)
  })

  test.each([{ page: '0' }, { page: 'x' }, { sort: 'digest' }, { show: 'none' }, { direction: 'up' }, { q: '' }, { q: 'x'.repeat(101) }])(
    'falls back to its default where it is not valid: %j',
    (search) => {
      expect(parseKeyQuery(search)).toEqual(DEFAULT)
    },
  )
})

test('a list is filtered by a search and by showing other keys than the valid ones, not by its order', () => {
  expect([{}, { sort: 'name' }, { page: '2' }].map((search) => isFiltered(parseKeyQuery(search)))).toEqual([false, false, false])
  expect([{ q: 'x' }, { show: 'ended' }].map((search) => isFiltered(parseKeyQuery(search)))).toEqual([true, true])
})
