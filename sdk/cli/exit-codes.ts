/** What the command says to whoever started it. Part of its promise: scripts branch on them. */
export const EXIT = {
  ok: 0,
  /** Keyrack said no, or a line of an import was not taken. */
  refused: 1,
  /** Wrong arguments, missing settings, a file that cannot be read. Nothing was sent. */
  usage: 2,
  /** Nobody has to do anything but wait. */
  unavailable: 3,
  /** The hotelier has to give consent again. */
  reconnect: 4,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Wrong arguments or settings; the message says which. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
