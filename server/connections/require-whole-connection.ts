import 'server-only'
import { AppError } from '../http/app-error'
import type { MachineCaller } from '../machine-keys/machine-caller'
import { readCoveredProperties } from './covered-properties'

/**
 * What concerns a connection's token concerns all that it covers, linked or not: a token cannot be cut to a part of it.
 * So a key with a property list must hold all of them. Without one of them in its list the connection is not there at all.
 *
 * @throws AppError `not_found`, `machine_key_properties`
 */
export async function requireWholeConnection({ organizationId, properties }: MachineCaller, id: string): Promise<void> {
  if (!properties) return
  const covered = await readCoveredProperties({ id, organizationId })
  if (!covered.some((property) => properties.has(property))) throw new AppError('not_found')
  if (!covered.every((property) => properties.has(property))) throw new AppError('machine_key_properties')
}
