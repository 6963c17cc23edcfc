import 'server-only'
import type { Transaction } from '../db'
import { announce } from '../events/announce'
import type { KeyHintKind, Prisma } from '../generated/prisma/client'

/** A key's hint of one kind is told once in this time, however long what it hints at goes on. */
export const HINT_EVERY_MS = 24 * 60 * 60_000

interface Hint {
  readonly machineKeyId: string
  /** What was seen, besides the key itself. */
  readonly seen: Prisma.InputJsonObject
}

/** Announces unusual reading by machine keys, but for those of whom the same kind was told within a day. */
export async function tellKeyHints(tx: Transaction, { kind, hints, now }: { kind: KeyHintKind; hints: readonly Hint[]; now: Date }): Promise<void> {
  if (hints.length === 0) return
  const due = await tx.$queryRaw<{ machine_key_id: string }[]>`
    INSERT INTO key_hints (machine_key_id, kind, told_at)
    SELECT id, ${kind}::key_hint_kind, ${now} FROM unnest(${hints.map(({ machineKeyId }) => machineKeyId)}::uuid[]) AS hinted (id)
    ON CONFLICT (machine_key_id, kind) DO UPDATE SET told_at = excluded.told_at WHERE key_hints.told_at <= ${new Date(now.getTime() - HINT_EVERY_MS)}
    RETURNING machine_key_id`
  const keys = await tx.machineKey.findMany({ where: { id: { in: due.map(({ machine_key_id: id }) => id) } } })
  const seenOf = new Map(hints.map(({ machineKeyId, seen }) => [machineKeyId, seen]))
  await announce(
    tx,
    keys.map(({ id, organizationId, name, environment, last4 }) => ({
      type: `machine_key.${kind}` as const, organizationId, name, at: now,
      about: { kind: 'machine_key', id },
      data: { machineKey: { id, name, environment, last4 }, ...seenOf.get(id) },
    })),
  )
}
