import { expect, test } from 'vitest'
import { mayBeKey } from './may-be-key'

test.each([
  ['k7Qp2xVn94Lr', true],
  ['sbx_legacy_455301_f3a91c', true],
  ['324410', false],
  ['property_id', false],
  ['Hotel Roma 2', false],
  ['', false],
])('%s: %s', (cell, expected) => {
  expect(mayBeKey(cell)).toBe(expected)
})
