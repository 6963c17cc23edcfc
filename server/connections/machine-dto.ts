import type { MachineConnection } from '@/contracts/machine-api'
import { formatConnectionHandle } from '@/lib/connection-handle'
import type { MachineCaller } from '../machine-keys/machine-caller'
import { visibleProperties } from './machine-filter'
import { statusOf } from './to-dto'

export const PROPERTY_COLUMNS = { upstreamId: true, name: true, city: true, country: true, timeZone: true, linked: true } as const

/** What a back end is told of a connection; sealed columns are not even read. */
export const machineColumns = (caller: MachineCaller) =>
  ({
    id: true, name: true, apiClientId: true, environment: true, identity: true, state: true, cause: true, stateSince: true,
    disconnectedAt: true, accessExpiresAt: true,
    properties: { where: visibleProperties(caller), orderBy: { upstreamId: 'asc' }, select: PROPERTY_COLUMNS },
  }) as const

type MachineRow = Parameters<typeof statusOf>[0] & {
  readonly id: string
  readonly name: string
  readonly apiClientId: string
  readonly environment: MachineConnection['environment']
  readonly identity: string
  readonly properties: readonly PropertyRow[]
}

type MachineProperty = MachineConnection['properties'][number]
type PropertyRow = Omit<MachineProperty, 'propertyId'> & { readonly upstreamId: string }

export function toMachineConnection(row: MachineRow, { now, isFrozen }: { now: Date; isFrozen: (row: MachineRow) => boolean }): MachineConnection {
  return {
    id: row.id,
    name: row.name,
    apiClientId: row.apiClientId,
    environment: row.environment,
    isNetwork: row.identity.startsWith('network:'),
    ...statusOf(row, now),
    statusSince: row.stateSince.toISOString(),
    frozen: isFrozen(row),
    accessExpiresAt: row.state === 'disconnected' ? null : row.accessExpiresAt.toISOString(),
    handle: formatConnectionHandle(row.id),
    properties: row.properties.map((property) => toMachineProperty(property)),
  }
}

export function toMachineProperty({ upstreamId, name, city, country, timeZone, linked }: PropertyRow): MachineProperty {
  return { propertyId: upstreamId, name, city, country, timeZone, linked }
}
