import 'server-only'
import type { z } from 'zod'
import { keyLineInput, type KeyLine, type KeyMigration, type keyLinesQuery } from '@/contracts/key-migrations'
import type { startMachineKeyMigration } from '@/contracts/machine-key-migrations'
import { MOST_KEY_LINES } from '@/lib/key-migrations/key-limits'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { MachineActor } from '../http/machine-actor'
import { readNdjson } from '../http/read-ndjson'
import { machineActor, type ImportActor } from '../imports/import-actor'
import { getKeyMigration } from './get-key-migration'
import { listKeyLines } from './list-key-lines'
import { startKeyMigration } from './start-key-migration'

type Query = z.output<(typeof startMachineKeyMigration)['query']>

/** Takes old keys as lines of JSON. @throws AppError as {@link readNdjson} and startKeyMigration say */
export async function migrateByMachine(actor: MachineActor, query: Query, chunks: AsyncIterable<Uint8Array>): Promise<KeyMigration> {
  const who = machineActor(actor)
  const lines = await readNdjson(chunks, { schema: keyLineInput, most: MOST_KEY_LINES, malformed: 'key_line_malformed' })
  const perSecond = query.perSecond === 'unlimited' ? null : query.perSecond
  const id = await startKeyMigration(who, { apiClientId: query.apiClientId, name: query.name, perSecond, lines })
  return getKeyMigration(who, id)
}

/** How far a migration is. @throws AppError `not_found` */
export async function getByMachine(actor: MachineActor, id: string): Promise<KeyMigration> {
  const who = machineActor(actor)
  await requireOwnOnly(who, id)
  return getKeyMigration(who, id)
}

/** Its lines. @throws AppError `not_found` */
export async function listLinesByMachine(
  actor: MachineActor,
  id: string,
  query: z.output<typeof keyLinesQuery>,
): Promise<{ items: KeyLine[]; total: number }> {
  const who = machineActor(actor)
  await requireOwnOnly(who, id)
  return listKeyLines(who, id, query)
}

/** A key with a list of properties sees a migration only when it may see every line of it. */
async function requireOwnOnly({ properties }: ImportActor, id: string): Promise<void> {
  if (!properties) return
  if ((await db().keyLine.count({ where: { migrationId: id, propertyId: { notIn: [...properties] } } })) > 0) throw new AppError('not_found')
}
