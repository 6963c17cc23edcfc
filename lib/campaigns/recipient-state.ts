/**
 * Where a recipient of a campaign stands. `waiting`: nothing went out yet, or a file was taken and nobody knows when it is sent.
 * `stopped`: the link was ended before anybody opened it. `expired`: it was over before anything came of it.
 */
export const RECIPIENT_STATES = [
  'waiting', 'mailed', 'opened', 'consented', 'connected', 'wrong_property', 'refused', 'failed', 'bounced', 'no_address', 'stopped', 'expired',
] as const
export type RecipientState = (typeof RECIPIENT_STATES)[number]
