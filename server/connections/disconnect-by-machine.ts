import 'server-only'
import type { MachineConnection } from '@/contracts/machine-api'
import type { MachineActor } from '../http/machine-actor'
import { getMachineConnection } from './get-machine-connection'
import { requireWholeConnection } from './require-whole-connection'
import { wipeConnection } from './wipe-connection'

/**
 * Wipes a connection's tokens here, as a back end wished. A key with a property list must hold all that the connection
 * covers: the others would lose their token with it.
 *
 * @throws AppError `not_found`, `machine_key_properties`, `already_disconnected`
 */
export async function disconnectByMachine({ caller, context }: MachineActor, id: string): Promise<MachineConnection> {
  const { properties } = await getMachineConnection(caller, id)
  await requireWholeConnection(caller, id)
  const actor = { kind: 'machine_key', id: caller.keyId } as const
  // What the key sees is the whole of it now.
  await wipeConnection({ id, organizationId: caller.organizationId }, { actor, context, propertyCount: properties.length })
  return getMachineConnection(caller, id)
}
