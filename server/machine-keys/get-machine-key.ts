import 'server-only'
import type { MachineKeyDetail } from '@/contracts/machine-keys'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import { findNames } from '../users/find-names'
import { findRestrictions } from './find-restrictions'
import { MACHINE_KEY_COLUMNS, toSummary } from './to-dto'

/** @throws AppError `not_found`, also for another organization's. */
export async function getMachineKey(viewer: Viewer, id: string): Promise<MachineKeyDetail> {
  const { organizationId } = viewer
  const [row, replaced] = await Promise.all([
    db().machineKey.findFirst({ where: { id, organizationId }, select: MACHINE_KEY_COLUMNS }),
    db().machineKey.findFirst({ where: { replacedById: id, organizationId }, select: { id: true } }),
  ])
  if (!row) throw new AppError('not_found')
  const [people, restriction] = await Promise.all([findNames(organizationId, [row.createdByUserId]), findRestrictions(organizationId, [id])])
  return { ...toSummary(row, { people, restriction, viewer, now: getRuntime().clock() }), replacesId: replaced?.id ?? null }
}
