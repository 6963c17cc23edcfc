import { expect, test } from 'vitest'
import { parseTraceParent } from './traceparent'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const SPAN = '00f067aa0ba902b7'

test('reads trace, span and whether it is sampled', () => {
  expect(parseTraceParent(`00-${TRACE}-${SPAN}-01`)).toEqual({ traceId: TRACE, spanId: SPAN, isSampled: true })
  expect(parseTraceParent(`00-${TRACE}-${SPAN}-00`)).toMatchObject({ isSampled: false })
})

test('reads what it knows of a later version, because those only append', () => {
  expect(parseTraceParent(`01-${TRACE}-${SPAN}-03-more`)).toEqual({ traceId: TRACE, spanId: SPAN, isSampled: true })
})

test.each([
  undefined,
  '',
  `ff-${TRACE}-${SPAN}-01`,
  `00-${TRACE}-${SPAN}-01-more`,
  `00-${'0'.repeat(32)}-${SPAN}-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  `00-${TRACE.toUpperCase()}-${SPAN}-01`,
  `00-${TRACE}-${SPAN}`,
  `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
  `00-${TRACE}-${SPAN}-0x`,
])('begins a trace of its own at %j, because that is no traceparent', (header) => {
  expect(parseTraceParent(header)).toBeNull()
})
