import 'server-only'
import type { ConnectionDetail } from '@/contracts/connections'
import type { Actor } from '../http/define-handler'
import { getConnection } from './get-connection'
import { wipeConnection } from './wipe-connection'

/**
 * Wipes a connection's tokens here, as a person wished.
 *
 * @throws AppError `not_found`, `already_disconnected`
 */
export async function disconnectConnection({ viewer, context }: Actor, id: string): Promise<ConnectionDetail> {
  const { organizationId, userId } = viewer
  const { propertyCount } = await getConnection(viewer, id)
  await wipeConnection({ id, organizationId }, { actor: { kind: 'user', id: userId }, context, propertyCount })
  return getConnection(viewer, id)
}
