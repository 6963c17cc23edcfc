import 'server-only'
import { parseMachineKey } from '@/lib/machine-key'
import { digest } from '../crypto/digest'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import { countRequest } from './count-requests'
import { heldKeys, type HeldKey } from './held-keys'
import { noteUse } from './last-used'
import type { KeyContext, MachineCaller } from './machine-caller'
import { readBearer } from './read-bearer'
import { logUnknown, recordRefusal, recordReport, type RefusedFor } from './record-refusal'

/**
 * Who calls with this `Authorization` header. A key that was used within the last 500 ms is found in memory; any other is
 * read from the database, many in one query. What is no key of ours by its form and checksum costs no query at all.
 *
 * @throws AppError `machine_key_missing`; `machine_key_invalid` for a malformed, unknown, expired or revoked key;
 * `machine_key_address` from elsewhere than its restriction says; `database_unavailable`.
 */
export async function authenticateMachineKey(headerValue: string | undefined, context: KeyContext): Promise<MachineCaller> {
  const text = readBearer(headerValue)
  const now = getRuntime().clock()
  const name = digest(text)
  let key = heldKeys().recall(name, now.getTime())
  if (key === undefined) {
    // Only here: what memory knows was well-formed when it was first read.
    if (!parseMachineKey(text)) throw new AppError('machine_key_invalid')
    key = await heldKeys().read(name)
  }
  if (!key) {
    logUnknown(context, now)
    throw new AppError('machine_key_invalid')
  }
  const reason = reasonAgainst(key, { address: context.address, now })
  if (reason === null || reason === 'address') countRequest(key, context.address, now)
  if (reason) {
    await recordRefusal(key, { reason, context, at: now })
    throw new AppError(reason === 'address' ? 'machine_key_address' : 'machine_key_invalid')
  }
  if (isReported(key, context.address)) await recordReport(key, { context, at: now })
  noteUse(key.keyId, context, now)
  const { keyId, organizationId, environment, scopes, properties, restriction } = key
  const isTiedToAddresses = restriction.mode === 'enforced' && restriction.hasEntries
  return { keyId, organizationId, environment, scopes, properties, isTiedToAddresses, address: context.address, userAgent: context.userAgent }
}

function reasonAgainst(key: HeldKey, { address, now }: { address: string; now: Date }): RefusedFor | null {
  if (key.isRevoked) return 'revoked'
  if (key.expiresAtMs <= now.getTime()) return 'expired'
  return key.restriction.mode === 'enforced' && !key.restriction.isListed(address) ? 'address' : null
}

/** Let in, and would not be if the restriction were enforced. */
function isReported({ restriction }: HeldKey, address: string): boolean {
  return restriction.mode === 'report_only' && !restriction.isListed(address)
}
