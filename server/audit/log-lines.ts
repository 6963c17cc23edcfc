import type { ChainedEvent, Seal } from './chain'
import type { Checkpoint } from './checkpoint'

export const LOG_FORMAT = 'keyrack audit v1'

/** The first line: whose log, and the public keys of its checkpoints. */
export interface HeadLine {
  readonly type: 'log'
  readonly format: typeof LOG_FORMAT
  readonly organizationId: string | null
  readonly exportedAt: string
  readonly keys: readonly { readonly id: string; readonly publicKey: string }[]
}

export type CheckpointLine = Checkpoint & { readonly type: 'checkpoint' }
/** One entry; without a seal when none was there yet. */
export type EventLine = ChainedEvent & { readonly type: 'event'; readonly seal: Seal | null }
/** A seal whose event is gone. */
export interface MissingLine {
  readonly type: 'missing'
  readonly id: string
  readonly seal: Seal
}

/** A whole log, in this order: head, checkpoints, entries by their place in the chain, entries without one. */
export type LogLine = HeadLine | CheckpointLine | EventLine | MissingLine
