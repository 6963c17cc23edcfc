import 'server-only'
import type { TopUpPlan } from '@/contracts/top-ups'
import { requireApiClient } from '../api-clients/find-api-client'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { findRunning } from './find-running'
import { readPlan } from './read-plan'

/** What a top up would do now, and why it would be refused. @throws AppError `not_found` */
export async function planTopUp(viewer: Pick<Viewer, 'organizationId'>, apiClientId: string | null): Promise<TopUpPlan> {
  const { organizationId } = viewer
  if (apiClientId !== null) await requireApiClient(viewer, apiClientId)
  const [plan, running] = await Promise.all([readPlan({ organizationId, apiClientId }), findRunning(db(), organizationId)])
  return running === null ? plan : { ...plan, refusal: 'top_up_running' }
}
