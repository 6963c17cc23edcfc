import type { RefreshFailingCause } from '@/lib/connection-status'

/** Why there is no new access token at this moment; none of these asks the hotelier for anything. */
export type UnavailableCause =
  | RefreshFailingCause
  /** Octorate refused once; a confirming try follows by itself. */
  | 'confirming'
  /** Another process is refreshing it, or many wait before it, for longer than the caller wanted to wait. */
  | 'busy'
  /** A person stopped it: only a person refreshes it. */
  | 'paused'
  | 'database_unavailable'

/** How a wish for a new access token ended. */
export type RefreshOutcome =
  | { readonly outcome: 'refreshed' }
  /** Octorate confirmed that the grant is dead, or there is no refresh token: only the hotelier can repair it. */
  | { readonly outcome: 'reconnect_required' }
  | { readonly outcome: 'disconnected' }
  | { readonly outcome: 'temporarily_unavailable'; readonly retryAfterSeconds: number; readonly cause: UnavailableCause }
