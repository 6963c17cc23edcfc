import type { AuditAction } from './audit-actions'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** The act that an endpoint leaves in the audit log, or the reason why it leaves none. */
export type Audited = AuditAction | { readonly none: string }
