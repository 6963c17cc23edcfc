import 'server-only'
import type { z } from 'zod'
import type { KeyLine, KeyMigration, keyLinesQuery } from '@/contracts/key-migrations'
import type { checkMachineKeyMigration, startMachineKeyMigration } from '@/contracts/machine-key-migrations'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { MachineActor } from '../http/machine-actor'
import { machineActor, type ImportActor } from '../imports/import-actor'
import { checkKeyMigration } from './check-key-migration'
import { getKeyMigration } from './get-key-migration'
import { listKeyLines } from './list-key-lines'
import { readKeyLines } from './read-key-lines'
import { reportKeyMigration } from './report-key-migration'
import { requireClientForKeys, startKeyMigration } from './start-key-migration'

type Query = z.output<(typeof startMachineKeyMigration)['query']>
type CheckQuery = z.output<(typeof checkMachineKeyMigration)['query']>
type Checked = z.input<(typeof checkMachineKeyMigration)['output']>

interface Lines {
  readonly chunks: AsyncIterable<Uint8Array>
  readonly format: 'ndjson' | 'csv'
}

/** Takes old keys as lines. @throws AppError as {@link readKeyLines} and startKeyMigration say */
export async function migrateByMachine(actor: MachineActor, query: Query, { chunks, format }: Lines): Promise<KeyMigration> {
  const who = machineActor(actor)
  const lines = await readKeyLines(chunks, format)
  const perSecond = query.perSecond === 'unlimited' ? null : query.perSecond
  const id = await startKeyMigration(who, { apiClientId: query.apiClientId, name: query.name, perSecond, lines })
  return getKeyMigration(who, id)
}

/** What a start with these lines would do. @throws AppError as {@link migrateByMachine}, but for lines that are in hand elsewhere */
export async function checkByMachine(actor: MachineActor, { apiClientId }: CheckQuery, { chunks, format }: Lines): Promise<Checked> {
  const who = machineActor(actor)
  const lines = await readKeyLines(chunks, format)
  await requireClientForKeys(who, { apiClientId, lines })
  const { isListed, items } = await checkKeyMigration(who, { apiClientId, propertyIds: lines.map(({ propertyId }) => propertyId) })
  const first = new Map(items.map((item) => [item.propertyId, item]))
  return {
    isListed,
    total: lines.length,
    items: lines.flatMap(({ number, propertyId }) => {
      const told = first.get(propertyId)
      first.delete(propertyId)
      return told
        ? { number, propertyId, verdict: told.verdict, connectionId: told.connectionId, migrationId: told.migrationId }
        : { number, propertyId, verdict: 'duplicate' as const, connectionId: null, migrationId: null }
    }),
  }
}

/** How far a migration is. @throws AppError `not_found` */
export function getByMachine(actor: MachineActor, id: string): Promise<KeyMigration> {
  return asMachine(actor, id, getKeyMigration)
}

/** Its lines. @throws AppError `not_found` */
export function listLinesByMachine(
  actor: MachineActor,
  id: string,
  query: z.output<typeof keyLinesQuery>,
): Promise<{ items: KeyLine[]; total: number }> {
  return asMachine(actor, id, (who) => listKeyLines(who, id, query))
}

/** All of them as CSV. @throws AppError `not_found` */
export async function reportByMachine(actor: MachineActor, id: string): Promise<string> {
  return (await asMachine(actor, id, reportKeyMigration)).csv
}

/**
 * Acts on a migration, or reads it, for a key that may see every line of it.
 *
 * @throws AppError `not_found`, and as the act says
 */
export async function asMachine<T>(actor: MachineActor, id: string, act: (who: ImportActor, id: string) => Promise<T>): Promise<T> {
  const who = machineActor(actor)
  await requireOwnOnly(who, id)
  return act(who, id)
}

async function requireOwnOnly({ properties }: ImportActor, id: string): Promise<void> {
  if (!properties) return
  if ((await db().keyLine.count({ where: { migrationId: id, propertyId: { notIn: [...properties] } } })) > 0) throw new AppError('not_found')
}
