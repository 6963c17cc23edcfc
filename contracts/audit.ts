import { AUDIT_ACTIONS } from './audit-actions'
import { defineRead } from './define-endpoint'
import { z } from './zod'

const instant = z.iso.datetime()

export const AUDIT_OUTCOMES = ['success', 'failure', 'denied'] as const
/** Whether what stands there is what was sealed: `waiting` for a seal, `sealed`, covered by a signature too, or not the same. */
export const AUDIT_PROOFS = ['waiting', 'sealed', 'signed', 'broken'] as const

const eventSchema = z.object({
  /** Number of the event, as text. */
  id: z.string(),
  at: instant,
  action: z.enum(AUDIT_ACTIONS),
  outcome: z.enum(AUDIT_OUTCOMES),
  actor: z.object({
    kind: z.enum(['user', 'machine_key', 'system', 'anonymous']),
    id: z.string().nullable(),
    /** Null for who has none, or is not known any more. */
    name: z.string().nullable(),
  }),
  target: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }).nullable(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
  /** The same facts before and after, where the act changed some. */
  change: z.object({ before: z.record(z.string(), z.unknown()), after: z.record(z.string(), z.unknown()) }).nullable(),
  detail: z.record(z.string(), z.unknown()),
  proof: z.enum(AUDIT_PROOFS),
  /** Its place in the chain; null while it waits for one. */
  sequence: z.number().int().nullable(),
  hash: z.string().nullable(),
})
export type AuditEventDto = z.infer<typeof eventSchema>

const filters = {
  action: z.enum(AUDIT_ACTIONS).optional(),
  outcome: z.enum(AUDIT_OUTCOMES).optional(),
  /** Id of a person or a machine key. */
  actor: z.uuid().optional(),
  /** Id of what was acted on. */
  target: z.uuid().optional(),
  /** Request id. */
  request: z.uuid().optional(),
  /** Days, both counted in, UTC. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
}

export const auditQuerySchema = z.strictObject({
  ...filters,
  /** Only events before this one, by its number. */
  before: z.string().regex(/^\d{1,18}$/).optional(),
})
export type AuditQuery = z.infer<typeof auditQuerySchema>

export const auditPageSchema = z.object({
  items: z.array(eventSchema),
  /** `before` of the next page; null on the last. */
  next: z.string().nullable(),
})
export type AuditPage = z.infer<typeof auditPageSchema>

export const listAudit = defineRead({ path: '/api/audit', query: auditQuerySchema, output: auditPageSchema, permission: 'audit:read' })

const exportQuery = z.strictObject({ ...filters, format: z.enum(['csv', 'jsonl']).default('csv') })
export type AuditExportQuery = z.infer<typeof exportQuery>

/** Streamed: CSV holds what the filters show; JSONL is the whole log with its chain, for `keyrack audit verify`. */
export const exportAudit = defineRead({
  path: '/api/audit/export',
  query: exportQuery,
  output: z.string(),
  permission: 'audit:export',
  audit: 'audit.exported',
})

const BAD_REASONS = [
  'changed', 'missing', 'link', 'foreign', 'checkpoint_signature', 'checkpoint_hash', 'cut_off', 'never_sealed', 'backdated',
] as const

const verificationSchema = z.object({
  organizationId: z.uuid(),
  verifiedAt: instant,
  entries: z.number().int(),
  /** Too young to have a place in the chain. */
  unsealed: z.number().int(),
  checkpoints: z.number().int(),
  signedUpTo: z.number().int(),
  signedAt: instant.nullable(),
  firstBad: z
    .object({ reason: z.enum(BAD_REASONS), from: z.number().int().nullable(), to: z.number().int().nullable(), eventId: z.string().nullable() })
    .nullable(),
  /** Public keys that signed, to compare with those in an export. */
  keys: z.array(z.object({ id: z.uuid(), publicKey: z.string() })),
})
export type AuditVerification = z.infer<typeof verificationSchema>

/** Reads the whole log and checks every hash, link and signature. */
export const verifyAudit = defineRead({ path: '/api/audit/verification', output: verificationSchema, permission: 'audit:export' })
