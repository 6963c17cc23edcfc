import type { KeyLineAction, KeyLineReason, KeyLineState } from '@/contracts/key-migrations'

/** By reason, where the state alone does not say it. */
const OF_REASON: Readonly<Partial<Record<KeyLineReason, KeyLineAction>>> = {
  same_key_in_file: 'none',
  same_property_in_file: 'none',
  cancelled: 'none',
  old_key_refused: 'check_key',
  key_of_other_property: 'check_property',
  migration_refused: 'reconnect',
  refresh_refused: 'check_api_client',
  property_not_covered: 'check_property',
  disconnected_meanwhile: 'reconnect',
}

interface Line {
  readonly state: KeyLineState
  readonly reason: string | null
  readonly hasConnection: boolean
}

/** Whose move it is with a line. One that did not come to a token, and is connected by now, needs nothing more. */
export function nextAction({ state, reason, hasConnection }: Line): KeyLineAction {
  if (state === 'verified') return 'none'
  if (state === 'pending' || state === 'sent' || state === 'received' || state === 'stored') return 'wait'
  if (state === 'ambiguous') return hasConnection ? 'open_connection' : 'reconnect'
  const named = OF_REASON[reason as KeyLineReason]
  if (state === 'skipped') return named ?? (hasConnection ? 'open_connection' : 'reconnect')
  return named ?? 'retry'
}
