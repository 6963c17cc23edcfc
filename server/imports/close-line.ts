import 'server-only'
import type { ErrorCode } from '@/contracts/errors'
import type { ImportReason } from '@/contracts/imports'
import { recordAudit } from '../audit/record-audit'
import type { Transaction } from '../db'

interface Line {
  readonly organizationId: string
  readonly importId: string
  readonly number: number
  readonly import: { readonly actorKind: string; readonly actorId: string }
}

export interface LineEnding {
  readonly state: 'stored' | 'duplicate' | 'refused' | 'failed'
  readonly reason: ImportReason | ErrorCode | null
  /** When the line became one, or is one already. */
  readonly connectionId?: string
  /** Keeps the token for another try; wiped otherwise. */
  readonly keepToken?: boolean
  readonly now: Date
}

/** Ends a line: its token is wiped with what becomes of it, unless another try may follow. */
export async function closeLine(tx: Transaction, line: Line, ending: LineEnding): Promise<void> {
  const { importId, number, organizationId } = line
  const { state, reason, connectionId, keepToken = false, now } = ending
  await tx.importLine.updateMany({
    where: { importId, number, state: 'pending' },
    data: {
      state, reason, claimedBy: null, updatedAt: now,
      ...(connectionId ? { connectionId } : {}),
      ...(keepToken ? {} : { refreshTokenSealed: null }),
    },
  })
  if (state !== 'stored' || !connectionId) return
  const { actorKind, actorId } = line.import
  await recordAudit(tx, {
    action: 'connection.imported',
    outcome: 'success',
    organizationId,
    actor: { kind: actorKind === 'machine_key' ? 'machine_key' : 'user', id: actorId },
    target: { kind: 'connection', id: connectionId },
    detail: { import: importId, line: number },
    at: now,
  })
}
