import 'server-only'
import { fingerprint } from '../crypto/digest'
import { requireKeys } from '../crypto/require-keys'
import { open, seal, type SealContext } from '../crypto/seal'
import { oldApiKey, type OldApiKey } from '../crypto/tokens'
import { once } from '../runtime'

/** Where a key is kept: of one organization and property, known by its fingerprint. */
interface Place {
  readonly organizationId: string
  readonly propertyId: string
  readonly fingerprint: string
}

export function sealOldKey(place: Place, key: string): string {
  return seal(requireKeys(), contextOf(place), key)
}

/** @throws SealError */
export function openOldKey(place: Place, sealed: string): OldApiKey {
  return oldApiKey(open(requireKeys(), contextOf(place), sealed))
}

/** Finds the same key again without opening it. */
export function keyFingerprint(key: string): string {
  return fingerprint(once('old key fingerprint key', () => requireKeys().derive('old key fingerprint')), key)
}

function contextOf({ organizationId, propertyId, fingerprint: of }: Place): SealContext {
  return { table: 'old_keys', column: 'key_sealed', organizationId, rowId: `${propertyId}/${of}`, version: 1 }
}
