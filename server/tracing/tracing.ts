import type { TraceParent } from '@/lib/traceparent'

/** All that a span may say. A name is added here after asking whether its values could be a secret, a token or a query. */
export type SpanAttribute =
  | 'http.request.method'
  | 'http.route'
  | 'http.response.status_code'
  | 'error.type'
  | 'keyrack.request_id'
  | 'keyrack.connection_id'
  | 'keyrack.refresh_reason'
  | 'keyrack.outcome'

/** A span that is under way. */
export interface OpenSpan {
  set(name: SpanAttribute, value: string | number): void
  /** What other spans name when they waited for this one's work; null where nothing is traced. */
  readonly mark: SpanMark | null
}

export interface SpanMark {
  readonly traceId: string
  readonly spanId: string
}

export interface SpanOptions {
  /** Few different ones: no id is part of it. */
  readonly name: string
  readonly kind?: 'server' | 'client'
  /** The caller's span. Without one it stands below the span that is open here. */
  readonly parent?: TraceParent | null
  /** Another span whose work this one waits for. */
  readonly link?: SpanMark | null
}

/**
 * What this process tells of where time goes. One for front and pages: it is found through the runtime, and so is the
 * span that is open, so that both write into one trace.
 */
export interface Tracing {
  run<T>(options: SpanOptions, work: (span: OpenSpan) => Promise<T>): Promise<T>
  /** Sends what is left, for two seconds at most. */
  stop(): Promise<void>
}
