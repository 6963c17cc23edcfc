import 'server-only'
import type { z } from 'zod'
import type { AddressCheck } from '@/contracts/address-lists'
import type { addMachineWhitelistEntry, importMachineWhitelist, MachineWhitelist, reportVerification } from '@/contracts/machine-ip-whitelists'
import { changeList, type Change } from '../address-lists/change-list'
import { checkAddress } from '../address-lists/check-address'
import { addingEntry } from '../address-lists/edits'
import { UNCONFIRMED } from '../address-lists/find-needs'
import { machineAt } from '../address-lists/list-actor'
import type { ListHolder } from '../address-lists/list-holder'
import { importing } from '../address-lists/plan-import'
import { previewImport } from '../address-lists/preview-import'
import { readList } from '../address-lists/read-list'
import { requireMachineApiClient } from '../api-clients/require-machine-api-client'
import { restBaseOf } from '../api-clients/rest-base'
import type { MachineActor } from '../http/machine-actor'
import { getIpWhitelist } from './get-ip-whitelist'
import { keepVerification } from './keep-verification'

const holderOf = (id: string): ListHolder => ({ kind: 'api_client', id })

/** The list as a back end sees it. @throws AppError `not_found`, `machine_key_properties`, as all of these */
export async function getMachineWhitelist(actor: MachineActor, apiClientId: string): Promise<MachineWhitelist> {
  const apiClient = await requireMachineApiClient(actor.caller, apiClientId)
  const { coverage, ...whitelist } = await getIpWhitelist(machineAt(actor), apiClientId)
  return { ...whitelist, apiClientId, restBase: restBaseOf(apiClient), addressCount: coverage.addressCount }
}

/** @throws AppError as `changeList` */
export async function changeByMachine(actor: MachineActor, apiClientId: string, change: Omit<Change, 'holder'>): Promise<MachineWhitelist> {
  await requireMachineApiClient(actor.caller, apiClientId)
  await changeList(machineAt(actor), { ...change, holder: holderOf(apiClientId) })
  return getMachineWhitelist(actor, apiClientId)
}

export function addByMachine(actor: MachineActor, apiClientId: string, body: z.output<typeof addMachineWhitelistEntry.body>): Promise<MachineWhitelist> {
  return changeByMachine(actor, apiClientId, { edit: addingEntry(machineAt(actor), { ...body, confirmation: UNCONFIRMED }) })
}

export async function checkByMachine({ caller }: MachineActor, apiClientId: string, address: string): Promise<AddressCheck> {
  await requireMachineApiClient(caller, apiClientId)
  return checkAddress(await readList(caller.organizationId, holderOf(apiClientId)), address)
}

/** What the import does is told as it was found before; it is refused when the list has changed in between. */
export async function importByMachine(
  actor: MachineActor,
  apiClientId: string,
  { dryRun, confirmation, ...wish }: z.output<typeof importMachineWhitelist.body>,
): Promise<z.input<typeof importMachineWhitelist.output>> {
  await requireMachineApiClient(actor.caller, apiClientId)
  const who = machineAt(actor)
  const preview = await previewImport(who, holderOf(apiClientId), wish)
  if (dryRun) return { ...preview, applied: false }
  const { revision } = preview
  await changeList(who, { holder: holderOf(apiClientId), revision, confirmation: { ...UNCONFIRMED, ...confirmation }, edit: importing(wish, who) })
  return { ...preview, applied: true }
}

export async function reportByMachine(actor: MachineActor, apiClientId: string, answered: z.output<typeof reportVerification.body>): Promise<MachineWhitelist> {
  await requireMachineApiClient(actor.caller, apiClientId)
  await keepVerification(machineAt(actor), { apiClientId, machineKeyId: actor.caller.keyId }, answered)
  return getMachineWhitelist(actor, apiClientId)
}
