import { hash } from 'node:crypto'

/** What the hash of an entry covers, besides its place in the chain. */
export interface ChainedEvent {
  /** Number of the row, as text. */
  readonly id: string
  readonly organizationId: string | null
  readonly at: string
  readonly action: string
  readonly outcome: string
  readonly actorKind: string
  readonly actorId: string | null
  readonly targetKind: string | null
  readonly targetId: string | null
  readonly address: string | null
  readonly userAgent: string | null
  readonly requestId: string | null
  readonly detail: unknown
}

/** The place of an entry in the chain of its organization. */
export interface Seal {
  /** Counted from one, without a gap. */
  readonly sequence: number
  /** Of the entry before; {@link FIRST_HASH} for the first. */
  readonly previousHash: string
  readonly hash: string
  readonly sealedAt: string
}

/** Stands before the first entry of every chain. */
export const FIRST_HASH = '0'.repeat(64)

const FORMAT = 'keyrack audit v1'

/** SHA-256, in hex, over one JSON array in one spelling; docs/audit-log.md describes it. */
export function hashOf(event: ChainedEvent, seal: Omit<Seal, 'hash'>): string {
  const { id, organizationId, at, action, outcome, actorKind, actorId, targetKind, targetId, address, userAgent, requestId, detail } = event
  const covered = [
    FORMAT, organizationId, seal.sequence, seal.previousHash, seal.sealedAt, id, at, action, outcome, actorKind, actorId, targetKind, targetId,
    address, userAgent, requestId, detail,
  ]
  return hash('sha256', canonicalJson(covered), 'hex')
}

/** JSON without blanks, with the names of every object sorted by code unit. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  // Sorted by code unit, which is what < compares; a locale would sort otherwise on another machine.
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([name, part]) => `${JSON.stringify(name)}:${canonicalJson(part)}`).join(',')}}`
}
