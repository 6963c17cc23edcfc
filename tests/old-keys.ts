import { randomUUID } from 'node:crypto'
import type { NewKeyLine } from '@/server/key-migrations/to-rows'
import type { TestApiClient } from './factories'
import type { Rig } from './runtime'

/** Old keys of properties as Octorate knows them: each belongs to one API client there. */
export async function holdOldKeys(
  { sandbox }: Pick<Rig, 'sandbox'>,
  { clientId }: Pick<TestApiClient, 'clientId'>,
  propertyIds: readonly string[],
): Promise<NewKeyLine[]> {
  const lines: NewKeyLine[] = []
  for (const [index, propertyId] of propertyIds.entries()) {
    const key = `sbx_legacy_${propertyId}_${randomUUID()}`
    await sandbox.control.addLegacyKey({ key, accommodation: propertyId, clientId })
    lines.push({ number: index + 1, key, propertyId })
  }
  return lines
}
