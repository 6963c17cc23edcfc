import type { ConnectionStatus } from '../connection-status'

interface Facts {
  readonly status: ConnectionStatus
  /** Octorate refuses our own client id and secret: no exchange would succeed either. */
  readonly isClientRefused: boolean
}

/**
 * Whether a new consent can change anything. While a refresh fails by a quota, an outage, our own secret or our
 * configuration, no customer can help; once the grant is dead, nobody else can.
 */
export function canHotelierHelp({ status, isClientRefused }: Facts): boolean {
  return !isClientRefused && status !== 'refresh_failing'
}
