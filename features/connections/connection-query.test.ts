import { describe, expect, it } from 'vitest'
import { connectionsHref, isFiltered, parseConnectionQuery } from './connection-query'

const ID = '0b8a9d4e-1c2f-4a5b-8c7d-9e0f1a2b3c4d'
const DEFAULTS = { sort: 'expires', direction: 'asc', limit: 50 }

describe('parseConnectionQuery', () => {
  it('reads every value of an address', () => {
    const given = { q: 'Roma', status: 'expiring', apiClient: ID, sort: 'name', direction: 'desc', cursor: 'abc', limit: '20' }
    expect(parseConnectionQuery(given)).toEqual({ ...given, limit: 20 })
  })

  it.each([
    ['status', 'sleeping'],
    ['apiClient', 'none-of-ours'],
    ['sort', 'colour'],
    ['direction', 'sideways'],
    ['cursor', 'x'.repeat(4_001)],
    ['limit', '1000000'],
    ['limit', 'many'],
    ['q', 'x'.repeat(101)],
    ['q', '   '],
    ['status', ''],
    ['unheard-of', '1'],
  ])('passes over %s=%j, because a cut address is no reason for an error page', (name, value) => {
    expect(parseConnectionQuery({ [name]: value })).toEqual(DEFAULTS)
  })

  it('keeps what is valid beside what is not', () => {
    expect(parseConnectionQuery({ q: 'Lago', sort: 'colour' })).toEqual({ ...DEFAULTS, q: 'Lago' })
  })

  it('takes the first of a value that is there twice', () => {
    expect(parseConnectionQuery({ q: ['Lago', 'Mare'] })).toEqual({ ...DEFAULTS, q: 'Lago' })
  })
})

describe('connectionsHref', () => {
  it('leaves out what is as by default, so that equal lists have equal addresses', () => {
    expect(connectionsHref(parseConnectionQuery({}))).toBe('/connections')
    expect(connectionsHref(parseConnectionQuery({ sort: 'name', direction: 'asc' }))).toBe('/connections?sort=name')
  })

  it('is read back to the same query, so that the address can be shared', () => {
    const query = parseConnectionQuery({ q: 'Ca’ & Co +1', status: 'healthy', apiClient: ID, direction: 'desc', cursor: 'a+/=' })
    const search = new URL(connectionsHref(query), 'https://console.invalid').searchParams
    expect(parseConnectionQuery(Object.fromEntries(search))).toEqual(query)
  })
})

describe('isFiltered', () => {
  it('does not count order and page, because they hide nothing', () => {
    expect(isFiltered(parseConnectionQuery({ sort: 'name', cursor: 'abc' }))).toBe(false)
    expect(isFiltered(parseConnectionQuery({ q: 'Roma' }))).toBe(true)
  })
})
