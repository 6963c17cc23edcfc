import 'server-only'
import type { ConfigurationChangeInput } from '@/contracts/api-configuration'
import { requireApiClient } from '../api-clients/find-api-client'
import type { Viewer } from '../auth/viewer'
import { toConfigurationPatch } from '../octorate/wire'
import { toChange } from './to-change'

/** The body of the PATCH that a change would send. @throws AppError `not_found` */
export async function previewApiConfiguration(viewer: Viewer, id: string, change: ConfigurationChangeInput): Promise<{ json: string }> {
  await requireApiClient(viewer, id)
  return { json: JSON.stringify(toConfigurationPatch(toChange(change)), null, 2) }
}
