import 'server-only'
import type { AuditVerification } from '@/contracts/audit'
import type { Viewer } from '../auth/viewer'
import { getRuntime } from '../runtime'
import { readLog } from './read-log'
import { readTrustedKeys } from './signing-key'
import { verifyLog } from './verify-log'

/** Checks the whole log of the organization, against the public keys whose other halves open here. */
export async function verifyAudit({ organizationId }: Pick<Viewer, 'organizationId'>): Promise<AuditVerification> {
  const { pool, clock } = getRuntime()
  const keys = await readTrustedKeys(pool)
  const now = clock()
  const { entries, unsealed, checkpoints, signedUpTo, signedAt, firstBad } = await verifyLog(readLog(pool, { organizationId, keys, now }), { trustedKeys: keys })
  return {
    organizationId, verifiedAt: now.toISOString(), entries, unsealed, checkpoints, signedUpTo, signedAt, firstBad,
    keys: [...keys].map(([id, publicKey]) => ({ id, publicKey })),
  }
}
