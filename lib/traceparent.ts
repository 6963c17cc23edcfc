/** Where a caller's trace stands: what W3C Trace Context calls the parent. */
export interface TraceParent {
  readonly traceId: string
  readonly spanId: string
  readonly isSampled: boolean
}

/** Later versions may append fields, version ff is forbidden (W3C Trace Context, "traceparent Header"). */
const PATTERN = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/

/** Reads a `traceparent`; null where there is none, or one that is not valid: then a trace begins here. */
export function parseTraceParent(header: string | undefined): TraceParent | null {
  const [, version, traceId, spanId, flags, more] = PATTERN.exec(header ?? '') ?? []
  if (!traceId || !spanId || !flags || (version === '00' && more !== undefined)) return null
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 }
}
