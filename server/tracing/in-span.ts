import 'server-only'
import { getRuntime } from '../runtime'
import type { OpenSpan, SpanOptions } from './tracing'

const NO_SPAN: OpenSpan = { set: () => undefined, mark: null }

/** Does the work as a span of the trace that is open; just does it where nothing is traced. */
export function inSpan<T>(options: SpanOptions, work: (span: OpenSpan) => Promise<T>): Promise<T> {
  const { tracing } = getRuntime()
  return tracing ? tracing.run(options, work) : work(NO_SPAN)
}
