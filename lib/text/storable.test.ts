import { expect, test } from 'vitest'
import { storable } from './storable'

test('replaces what PostgreSQL refuses, and keeps the rest', () => {
  expect(storable('a\0b')).toBe('a\uFFFDb')
  expect(storable('a\uD800b')).toBe('a\uFFFDb')
  expect(storable('旅館 <b>"Mare"</b>')).toBe('旅館 <b>"Mare"</b>')
})

test('cuts at 300 characters without halving one, because the name is part of an index', () => {
  expect([...storable('🏨'.repeat(10_000))]).toHaveLength(300)
  expect(storable('🏨'.repeat(10_000)).isWellFormed()).toBe(true)
})
