import 'server-only'
import type { MachineConnection } from '@/contracts/machine-api'
import { db } from '../db'
import { findFrozen } from '../freezes/find-frozen'
import { AppError } from '../http/app-error'
import type { MachineCaller } from '../machine-keys/machine-caller'
import { getRuntime } from '../runtime'
import { machineColumns, toMachineConnection } from './machine-dto'
import { visibleTo } from './machine-filter'

/** A connection that the key may see. @throws AppError `not_found`, whether it is not there or not theirs. */
export async function getMachineConnection(caller: MachineCaller, id: string): Promise<MachineConnection> {
  const [row, isFrozen] = await Promise.all([
    db().connection.findFirst({ where: { ...visibleTo(caller), id }, select: machineColumns(caller) }),
    findFrozen(caller),
  ])
  if (!row) throw new AppError('not_found')
  return toMachineConnection(row, { now: getRuntime().clock(), isFrozen })
}
