import { expect, it } from 'vitest'
import { coverageDifference } from './coverage-difference'

const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ upstreamId: id, name: `Hotel ${id}` })) as [Row, Row, Row]
interface Row { readonly upstreamId: string; readonly name: string }

it('names what came and what left, and nothing when all is as it was, whatever the order and the names', () => {
  expect(coverageDifference([a, b], [b, { ...a, name: 'Renamed' }])).toBeNull()
  expect(coverageDifference([a, b], [b, c])).toEqual({ added: [c], removed: [a] })
  expect(coverageDifference([], [c])).toEqual({ added: [c], removed: [] })
})
