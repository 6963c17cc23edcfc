import type { AuditEventDto } from '@/contracts/audit'
import type { AuditAction } from '@/contracts/audit-actions'
import type { AuditEvent, AuditSeal } from '../generated/prisma/client'
import { hashOf, type ChainedEvent } from './chain'

export type SealedEvent = AuditEvent & { readonly seal: AuditSeal | null }

interface Known {
  readonly names: ReadonlyMap<string, string>
  /** Place up to which signatures cover the chain. */
  readonly signedUpTo: bigint
}

export function toDto(row: SealedEvent, { names, signedUpTo }: Known): AuditEventDto {
  const { before, after, ...detail } = objectOf(row.detail)
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  return {
    id: String(row.id),
    at: row.at.toISOString(),
    action: row.action as AuditAction,
    outcome: row.outcome as AuditEventDto['outcome'],
    actor: { kind: row.actorKind as AuditEventDto['actor']['kind'], id: row.actorId, name: nameOf(row.actorId) },
    target: row.targetKind === null || row.targetId === null ? null : { kind: row.targetKind, id: row.targetId, name: nameOf(row.targetId) },
    address: row.address,
    userAgent: row.userAgent,
    requestId: row.requestId,
    change: before === undefined || after === undefined ? null : { before: objectOf(before), after: objectOf(after) },
    detail: before === undefined || after === undefined ? objectOf(row.detail) : detail,
    proof: proofOf(row, signedUpTo),
    sequence: row.seal ? Number(row.seal.sequence) : null,
    hash: row.seal?.hash ?? null,
  }
}

function proofOf({ seal, ...row }: SealedEvent, signedUpTo: bigint): AuditEventDto['proof'] {
  if (!seal) return 'waiting'
  const place = { sequence: Number(seal.sequence), previousHash: seal.previousHash, sealedAt: seal.sealedAt.toISOString() }
  if (hashOf(toChained(row), place) !== seal.hash) return 'broken'
  return seal.sequence <= signedUpTo ? 'signed' : 'sealed'
}

function toChained({ id, at, ...rest }: AuditEvent): ChainedEvent {
  return { ...rest, id: String(id), at: at.toISOString() }
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}
