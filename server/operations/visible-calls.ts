import { CONNECTION_CALLS } from '@/contracts/operations'
import { roleMay } from '@/contracts/permissions'
import type { Viewer } from '../auth/viewer'

export type OperationViewer = Pick<Viewer, 'organizationId' | 'role'>

/** Names of calls that a person may see; null means any. Configuration is in those about API clients. */
export function visibleCalls({ role }: OperationViewer): readonly string[] | null {
  return roleMay(role, 'api-clients:read') ? null : CONNECTION_CALLS
}

/** For the query that acts. */
export function visibleTo(viewer: OperationViewer) {
  const calls = visibleCalls(viewer)
  return { organizationId: viewer.organizationId, ...(calls && { AND: { call: { in: [...calls] } } }) }
}
