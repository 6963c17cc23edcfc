import { expect, test } from 'vitest'
import { identifyConnection } from './connection-identity'

const property = (upstreamId: string, root: string | null = null) => ({ upstreamId, name: `Hotel ${upstreamId}`, network: { root } })

test('is the property itself when there is one', () => {
  expect(identifyConnection([property('100')])).toEqual({ identity: 'property:100', name: 'Hotel 100' })
})

test('is a network known by its root, whatever the order of its properties', () => {
  const members = [property('300', '200'), property('200', '200'), property('99', '200')]
  const expected = { identity: 'network:200', name: 'Hotel 200' }
  expect(identifyConnection(members)).toEqual(expected)
  expect(identifyConnection(members.toReversed())).toEqual(expected)
})

test('knows several properties without a root by the first of their ids, so that a second consent finds the same', () => {
  const members = [property('100'), property('99')]
  expect(identifyConnection(members)?.identity).toBe('network:99')
  expect(identifyConnection(members.toReversed())?.identity).toBe('network:99')
})

test('keeps a single property a property even inside a network, because the token covers no more', () => {
  expect(identifyConnection([property('300', '200')])?.identity).toBe('property:300')
})

test('is nothing when nothing is covered', () => {
  expect(identifyConnection([])).toBeNull()
})
