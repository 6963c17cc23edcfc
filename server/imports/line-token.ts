import 'server-only'
import { fingerprint } from '../crypto/digest'
import { requireKeys } from '../crypto/require-keys'
import { open, seal, type SealContext } from '../crypto/seal'
import { refreshToken, type RefreshToken } from '../crypto/tokens'

interface Place {
  readonly organizationId: string
  readonly importId: string
  readonly number: number
}

export function sealLineToken(place: Place, token: string): string {
  return seal(requireKeys(), contextOf(place), token)
}

/** @throws SealError */
export function openLineToken(place: Place, sealed: string): RefreshToken {
  return refreshToken(open(requireKeys(), contextOf(place), sealed))
}

/** Finds the same token again: in another import, or stored in a connection. */
export function tokenFingerprint(token: string): string {
  return fingerprint(requireKeys().derive('token fingerprint'), token)
}

function contextOf({ organizationId, importId, number }: Place): SealContext {
  return { table: 'import_lines', column: 'refresh_token_sealed', organizationId, rowId: `${importId}/${number}`, version: 1 }
}
