import type { Tone } from '@/components/ui/tone'
import type { RecipientState } from '@/lib/campaigns/recipient-state'

/** What each state means, in the order in which they are drawn: what is done first, then what moves, then what needs somebody. */
export const STATE_TONES = {
  connected: 'success',
  consented: 'accent',
  opened: 'accent',
  mailed: 'info',
  waiting: 'neutral',
  no_address: 'warning',
  bounced: 'warning',
  refused: 'danger',
  wrong_property: 'danger',
  failed: 'danger',
  expired: 'neutral',
  stopped: 'neutral',
} as const satisfies Record<RecipientState, Tone>

export const SHOWN_STATES = Object.keys(STATE_TONES) as readonly RecipientState[]
