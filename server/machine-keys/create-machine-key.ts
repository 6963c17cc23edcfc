import 'server-only'
import type { z } from 'zod'
import type { createMachineKeyInput, RevealedMachineKey } from '@/contracts/machine-keys'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { requireMembership } from '../people/require-membership'
import { getMachineKey } from './get-machine-key'
import { makeKey } from './make-key'

const YEAR_MS = 365 * 24 * 60 * 60 * 1000
const MOST_YEARS = 10

/**
 * Makes a machine key. The answer holds the key itself, which is stored as a digest only and never shown again.
 *
 * @throws AppError `invalid_input` for an expiry that is past or more than ten years away.
 */
export async function createMachineKey(
  { viewer, context }: Actor,
  wish: z.output<typeof createMachineKeyInput>,
): Promise<RevealedMachineKey> {
  const now = getRuntime().clock()
  const { name, environment, scopes, properties, addresses, isPersonal } = wish
  const expiresAt = readExpiry(wish.expiresAt, now)
  const made = makeKey(environment)
  const id = await transaction(async (tx) => {
    await requireMembership(tx, viewer)
    const row = await tx.machineKey.create({
      data: {
        organizationId: viewer.organizationId, createdByUserId: viewer.userId, createdAt: now, expiresAt,
        name, environment, scopes, properties, isPersonal, digest: made.digest, last4: made.last4,
        ...(addresses.length === 0 ? {} : { addressList: { create: restrictionOf(addresses, { viewer, comment: name, now }) } }),
      },
    })
    await recordAudit(tx, {
      action: 'machine_key.created',
      outcome: 'success',
      organizationId: viewer.organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'machine_key', id: row.id },
      detail: { name, environment, isPersonal, scopes, properties, addresses, expiresAt: expiresAt?.toISOString() ?? null, last4: made.last4 },
      context,
      at: now,
    })
    return row.id
  })
  return { key: made.key.reveal(), machineKey: await getMachineKey(viewer, id) }
}

/** Addresses that a new key is given are enforced from its first use on; what they are for is said by its name. */
function restrictionOf(addresses: readonly string[], { viewer, comment, now }: { viewer: Actor['viewer']; comment: string; now: Date }) {
  const { organizationId, userId: createdByUserId, name: owner } = viewer
  const entries = addresses.map((block, position) => ({ organizationId, position, block, comment, owner, createdAt: now, createdByUserId }))
  return { organizationId, mode: 'enforced', modeSince: now, entries: { createMany: { data: entries } } } as const
}

function readExpiry(wished: string | null | undefined, now: Date): Date | null {
  if (wished === null) return null
  const expiresAt = wished === undefined ? new Date(now.getTime() + YEAR_MS) : new Date(wished)
  if (expiresAt > now && expiresAt.getTime() <= now.getTime() + MOST_YEARS * YEAR_MS) return expiresAt
  throw new AppError('invalid_input', { issues: [{ path: 'expiresAt', message: 'is an instant within the next ten years, or null for never' }] })
}
