import { expect, it } from 'vitest'
import { isFiltered, linksHref, parseLinkQuery } from './link-query'

it('reads what an address says and leaves out what is not valid', () => {
  expect(parseLinkQuery({ q: ' roma ', state: 'open', kind: 'nonsense', page: '3', connection: 'x', other: '1' })).toEqual({ q: 'roma', state: 'open', page: 3 })
  expect(parseLinkQuery({ state: ['revoked', 'open'], page: '-1', q: '' })).toEqual({ state: 'revoked', page: 1 })
})

it('writes equal lists as equal addresses', () => {
  expect(linksHref({ page: 1 })).toBe('/links')
  expect(linksHref({ q: 'a&b', state: 'wrong_property', page: 2 })).toBe('/links?q=a%26b&state=wrong_property&page=2')
  expect([isFiltered({ page: 2 }), isFiltered({ page: 1, kind: 'connect' })]).toEqual([false, true])
})
