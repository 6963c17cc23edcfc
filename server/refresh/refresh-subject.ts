/** Which connection is meant, and whose it must be. */
export interface RefreshSubject {
  readonly id: string
  readonly organizationId: string
}

/**
 * Who wants a refresh: a back end that asks for a token, a person, a back end whose token was refused, an import; or the
 * engine, whose `probe` asks whether Octorate is back, and whose `confirm` decides about a grant that was refused once.
 * Only a person and a probe may try before the back-off is over.
 */
export type RefreshReason = 'hand_out' | 'manual' | 'report' | 'import' | 'probe' | 'confirm'

export function isInsistent(reason: RefreshReason): boolean {
  return reason === 'manual' || reason === 'probe'
}
