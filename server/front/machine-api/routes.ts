import * as contract from '@/contracts/machine-api'
import { getMachineConnection } from '../../connections/get-machine-connection'
import { machineRoute, type MachineRoute } from './machine-route'

/** Every endpoint of the machine API and the service behind it. */
export const MACHINE_ROUTES: readonly MachineRoute[] = [
  machineRoute(contract.getMachineConnection, ({ caller, params }) => getMachineConnection(caller, params.id)),
]
