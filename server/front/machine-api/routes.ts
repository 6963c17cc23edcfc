import * as contract from '@/contracts/machine-api'
import * as whitelists from '@/contracts/machine-ip-whitelists'
import { removingEntries } from '../../address-lists/edits'
import { UNCONFIRMED } from '../../address-lists/find-needs'
import { handOutAdminToken } from '../../admin-tokens/hand-out-admin-token'
import * as migrations from '@/contracts/machine-key-migrations'
import { createMachineLink as createLink, getMachineLink as getLink } from '@/contracts/machine-links'
import { getMachineRunway as runway } from '@/contracts/machine-runway'
import { relayCode } from '../../authorizations/relay-code'
import { disconnectByMachine } from '../../connections/disconnect-by-machine'
import { findConnectionByProperty } from '../../connections/find-by-property'
import { getMachineConnection } from '../../connections/get-machine-connection'
import { listMachineConnections } from '../../connections/list-machine-connections'
import { listMachineProperties } from '../../connections/list-machine-properties'
import { refreshByMachine } from '../../connections/refresh-by-machine'
import { handOutMany } from '../../hand-outs/hand-out-many'
import { handOutToken } from '../../hand-outs/hand-out-token'
import { reportRejection } from '../../hand-outs/report-rejection'
import { importOne } from '../../imports/import-one'
import { getMachineImport, importMany } from '../../imports/machine-imports'
import { addByMachine, changeByMachine, checkByMachine, getMachineWhitelist, importByMachine, reportByMachine } from '../../ip-whitelists/machine-ip-whitelists'
import { cancelKeyMigration } from '../../key-migrations/cancel-key-migration'
import { asMachine, checkByMachine as checkKeys, getByMachine, listLinesByMachine, migrateByMachine, reportByMachine as reportKeys } from '../../key-migrations/machine-key-migrations'
import { pauseKeyMigration } from '../../key-migrations/pause-key-migration'
import { resumeKeyMigration } from '../../key-migrations/resume-key-migration'
import { retryKeyMigration } from '../../key-migrations/retry-key-migration'
import { createMachineLink, getMachineLink } from '../../links/machine-links'
import { getMachineRunway } from '../../runway/get-runway'
import { machineRoute, type MachineRoute } from './machine-route'

/** Every endpoint of the machine API and the service behind it. */
export const MACHINE_ROUTES: readonly MachineRoute[] = [
  machineRoute(contract.listMachineConnections, ({ caller, query }) => listMachineConnections(caller, query)),
  machineRoute(contract.relayCode, async ({ caller, context, body }) =>
    getMachineConnection(caller, await relayCode({ caller, context }, body)),
  ),
  machineRoute(contract.importConnection, ({ caller, context, body }) => importOne({ caller, context }, body)),
  machineRoute(contract.importConnections, ({ caller, context, query, chunks }) => importMany({ caller, context }, query, chunks)),
  machineRoute(contract.getMachineImport, ({ caller, context, params }) => getMachineImport({ caller, context }, params.id)),
  machineRoute(migrations.startMachineKeyMigration, ({ query, ...call }) => migrateByMachine(call, query, call)),
  machineRoute(migrations.checkMachineKeyMigration, ({ query, ...call }) => checkKeys(call, query, call)),
  machineRoute(migrations.getMachineKeyMigration, ({ caller, context, params }) => getByMachine({ caller, context }, params.id)),
  machineRoute(migrations.listMachineKeyLines, ({ caller, context, params, query }) => listLinesByMachine({ caller, context }, params.id, query)),
  machineRoute(migrations.reportMachineKeyMigration, ({ params, ...actor }) => reportKeys(actor, params.id)),
  machineRoute(migrations.pauseMachineKeyMigration, ({ params, ...actor }) => asMachine(actor, params.id, pauseKeyMigration)),
  machineRoute(migrations.resumeMachineKeyMigration, ({ params, ...actor }) => asMachine(actor, params.id, resumeKeyMigration)),
  machineRoute(migrations.retryMachineKeyMigration, ({ params, ...actor }) => asMachine(actor, params.id, retryKeyMigration)),
  machineRoute(migrations.cancelMachineKeyMigration, ({ params, ...actor }) => asMachine(actor, params.id, cancelKeyMigration)),
  machineRoute(contract.getMachineConnection, ({ caller, params }) => getMachineConnection(caller, params.id)),
  machineRoute(contract.listMachineProperties, ({ caller, query }) => listMachineProperties(caller, query)),
  machineRoute(contract.getMachineProperty, async ({ caller, params }) =>
    getMachineConnection(caller, await findConnectionByProperty(caller, params.propertyId)),
  ),
  machineRoute(runway, ({ caller }) => getMachineRunway(caller)),
  machineRoute(contract.getAccessToken, ({ caller, context, params, query }) =>
    handOutToken({ caller, context }, { connectionId: params.id }, query),
  ),
  machineRoute(contract.getPropertyAccessToken, ({ caller, context, params, query }) =>
    handOutToken({ caller, context }, { propertyId: params.propertyId }, query),
  ),
  machineRoute(contract.getAccessTokens, ({ caller, context, body }) => handOutMany({ caller, context }, body)),
  machineRoute(contract.reportRejectedToken, ({ caller, context, params, body }) => reportRejection({ caller, context }, params.id, body)),
  machineRoute(contract.refreshMachineConnection, ({ caller, context, params }) => refreshByMachine({ caller, context }, params.id)),
  machineRoute(createLink, ({ caller, context, body }) => createMachineLink({ caller, context }, body)),
  machineRoute(getLink, ({ caller, params }) => getMachineLink(caller, params.id)),
  machineRoute(contract.disconnectMachineConnection, ({ caller, context, params }) => disconnectByMachine({ caller, context }, params.id)),
  machineRoute(whitelists.getMachineWhitelist, ({ params, ...actor }) => getMachineWhitelist(actor, params.id)),
  machineRoute(whitelists.addMachineWhitelistEntry, ({ params, body, ...actor }) => addByMachine(actor, params.id, body)),
  machineRoute(whitelists.removeMachineWhitelistEntry, ({ params, query, ...actor }) =>
    changeByMachine(actor, params.id, { edit: removingEntries([params.entryId]), confirmation: { ...UNCONFIRMED, empty: query.empty === 'true' } }),
  ),
  machineRoute(whitelists.checkMachineWhitelist, ({ params, query, ...actor }) => checkByMachine(actor, params.id, query.address)),
  machineRoute(whitelists.importMachineWhitelist, ({ params, body, ...actor }) => importByMachine(actor, params.id, body)),
  machineRoute(whitelists.reportVerification, ({ params, body, ...actor }) => reportByMachine(actor, params.id, body)),
  machineRoute(whitelists.getMachineAdminToken, ({ params, ...actor }) => handOutAdminToken(actor, params.id)),
  machineRoute(whitelists.getCallerAddress, async ({ caller }) => ({
    address: caller.address === 'unresolved' ? null : caller.address, isTiedToAddresses: caller.isTiedToAddresses,
  })),
]
