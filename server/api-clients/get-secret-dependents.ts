import 'server-only'
import type { SecretDependents } from '@/contracts/api-clients'
import type { Viewer } from '../auth/viewer'
import { countDependents } from '../connections/count-dependents'
import { db } from '../db'
import { countUsableKeys } from '../machine-keys/count-usable-keys'
import { requireApiClient } from './find-api-client'

/** What stands still when the stored client secret is not the right one. @throws AppError `not_found` */
export async function getSecretDependents(viewer: Viewer, id: string): Promise<SecretDependents> {
  const { environment } = await requireApiClient(viewer, id)
  const { organizationId } = viewer
  const [dependents, machineKeys, adminTokens] = await Promise.all([
    countDependents({ organizationId, apiClientId: id }),
    countUsableKeys(organizationId, environment),
    db().adminToken.count({ where: { apiClientId: id, organizationId, retiredAt: null } }),
  ])
  return { ...dependents, machineKeys, adminTokens }
}
