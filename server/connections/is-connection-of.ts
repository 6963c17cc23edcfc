import 'server-only'
import { db } from '../db'
import type { MachineCaller } from '../machine-keys/machine-caller'
import { visibleTo } from './machine-filter'

/** Whether the key sees this connection, and it was made with the API client of this id at Octorate. */
export async function isConnectionOf(caller: MachineCaller, given: { connectionId: string; clientId: string }): Promise<boolean> {
  const { connectionId: id, clientId } = given
  return (await db().connection.count({ where: { ...visibleTo(caller), id, apiClient: { clientId } } })) > 0
}
