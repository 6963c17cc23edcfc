import type { AuditAction } from '@/contracts/audit-actions'

/** Whose list it is. An API client's is what Octorate should let in, a machine key's is what we let in. */
export interface ListHolder {
  readonly kind: 'api_client' | 'machine_key'
  readonly id: string
}

/** The row of `address_lists` that belongs to it. */
export const rowOf = ({ kind, id }: ListHolder) => (kind === 'api_client' ? { apiClientId: id } : { machineKeyId: id })

const ACTIONS = {
  api_client: { changed: 'ip_whitelist.changed', expired: 'ip_whitelist.entry_expired', reviewed: 'ip_whitelist.reviewed' },
  machine_key: { changed: 'key_restriction.changed', expired: 'key_restriction.entry_expired', reviewed: 'key_restriction.reviewed' },
} as const satisfies Record<ListHolder['kind'], Record<string, AuditAction>>

export function actionOf({ kind }: Pick<ListHolder, 'kind'>, what: keyof (typeof ACTIONS)['api_client']): AuditAction {
  return ACTIONS[kind][what]
}
