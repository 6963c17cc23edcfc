import 'server-only'
import { recordAudit, type AuditEntry } from '../audit/record-audit'
import { db } from '../db'
import { log } from '../log'
import { once } from '../runtime'
import type { HeldKey } from './held-keys'
import type { KeyContext } from './machine-caller'

export type RefusedFor = 'revoked' | 'expired' | 'address'

const MINUTE_MS = 60_000
/** Of one key in one minute and process: a key that leaked widely must not fill the audit log. */
const MOST_ADDRESSES = 20

interface Minute {
  number: number
  /** Addresses written down in this minute, by key. */
  readonly written: Map<string, Set<string>>
}

/**
 * Writes down that a known key was refused: once for each key, address and minute, and for twenty addresses of a key in a
 * minute. The refusal stands, whether or not it could be written.
 */
export async function recordRefusal(
  key: Pick<HeldKey, 'keyId' | 'organizationId'>,
  { reason, context, at }: { readonly reason: RefusedFor; readonly context: KeyContext; readonly at: Date },
): Promise<void> {
  await writeOnce(key, { action: 'machine_key.refused', outcome: 'denied', reason, context, at })
}

/** The same for a call that was let in, because the restriction that it does not meet is only tried out. */
export async function recordReport(
  key: Pick<HeldKey, 'keyId' | 'organizationId'>,
  { context, at }: { readonly context: KeyContext; readonly at: Date },
): Promise<void> {
  await writeOnce(key, { action: 'machine_key.refusal_reported', outcome: 'success', reason: 'address', context, at })
}

interface Written extends Pick<AuditEntry, 'action' | 'outcome' | 'at'> {
  readonly reason: RefusedFor
  readonly context: KeyContext
}

async function writeOnce(key: Pick<HeldKey, 'keyId' | 'organizationId'>, { action, outcome, reason, context, at }: Written): Promise<void> {
  const { address, userAgent, route, requestId = 'none' } = context
  if (!isFirst(key.keyId, address, at)) return
  await recordAudit(db(), {
    action,
    outcome,
    organizationId: key.organizationId,
    // Whoever holds a key that counts for nothing is not known by it.
    actor: { kind: 'anonymous' },
    target: { kind: 'machine_key', id: key.keyId },
    detail: { reason, route },
    context: { address, userAgent, requestId },
    at,
  }).catch((err: unknown) => log().error({ err, machineKey: key.keyId }, 'a refused machine key could not be written down'))
}

/** Of a key that nobody knows only the log tells, as rarely: it is no organization's. */
export function logUnknown({ address, route, requestId }: KeyContext, at: Date): void {
  if (isFirst('unknown', address, at)) log().info({ address, route, requestId }, 'an unknown machine key was refused')
}

function isFirst(keyId: string, address: string, at: Date): boolean {
  const minute = once<Minute>('machine-key-refusals', () => ({ number: 0, written: new Map() }))
  const number = Math.floor(at.getTime() / MINUTE_MS)
  if (minute.number !== number) {
    minute.number = number
    minute.written.clear()
  }
  const addresses = minute.written.get(keyId) ?? new Set<string>()
  minute.written.set(keyId, addresses)
  if (addresses.has(address) || addresses.size >= MOST_ADDRESSES) return false
  addresses.add(address)
  return true
}
