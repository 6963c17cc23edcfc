import 'server-only'
import { getRuntime, type Runtime } from '../runtime'
import type { OpenSpan, SpanOptions } from './tracing'

const NO_SPAN: OpenSpan = { set: () => undefined, mark: null }

/** Does the work as a span of the trace that is open; just does it where nothing is traced. */
export function inSpan<T>(
  options: SpanOptions,
  work: (span: OpenSpan) => Promise<T>,
  { tracing }: Pick<Runtime, 'tracing'> = getRuntime(),
): Promise<T> {
  return tracing ? tracing.run(options, work) : work(NO_SPAN)
}
