import 'server-only'
import { db } from '../db'
import type { ApiClient } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import type { MachineCaller } from '../machine-keys/machine-caller'

/**
 * An API client as a whole, for a machine key of its environment. What concerns all of its properties is not for a key that
 * may see some of them.
 *
 * @throws AppError `not_found`, whether it is not there or not theirs; `machine_key_properties`
 */
export async function requireMachineApiClient({ organizationId, environment, properties }: MachineCaller, id: string): Promise<ApiClient> {
  const row = await db().apiClient.findFirst({ where: { id, organizationId, environment, deletedAt: null } })
  if (!row) throw new AppError('not_found')
  if (properties) throw new AppError('machine_key_properties')
  return row
}
