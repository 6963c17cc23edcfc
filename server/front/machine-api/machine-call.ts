import type { MachineActor } from '../../http/machine-actor'

export type LineFormat = 'ndjson' | 'csv'

/** A call whose shapes have been checked. */
export interface MachineCall<P, Q, B> extends MachineActor {
  readonly params: P
  readonly query: Q
  readonly body: B
  /** The body as it arrives, of at most 16 MB, for endpoints that take lines. @throws AppError `body_too_large` */
  readonly chunks: AsyncIterable<Uint8Array>
  /** How the lines in `chunks` are written. */
  readonly format: LineFormat
}
