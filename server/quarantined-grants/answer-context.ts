import type { SealContext } from '../crypto/seal'

export function answerContext(rowId: string, organizationId: string): SealContext {
  return { table: 'quarantined_grants', column: 'answer_sealed', organizationId, rowId, version: 1 }
}
