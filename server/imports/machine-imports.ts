import 'server-only'
import type { z } from 'zod'
import { importLineInput, type getMachineImport as endpoint, type importConnections } from '@/contracts/machine-api'
import type { ImportDetail } from '@/contracts/imports'
import { MOST_IMPORT_LINES } from '@/lib/imports/parse-import-text'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { MachineActor } from '../http/machine-actor'
import { readNdjson } from '../http/read-ndjson'
import { getImport } from './get-import'
import { machineActor } from './import-actor'
import { startImport } from './start-import'

const MOST_LINES = 1_000
type Query = z.output<(typeof importConnections)['query']>

/** Takes a cohort of tokens as lines of JSON. @throws AppError as {@link readNdjson} and startImport say */
export async function importMany(actor: MachineActor, query: Query, chunks: AsyncIterable<Uint8Array>): Promise<ImportDetail> {
  const who = machineActor(actor)
  const lines = await readNdjson(chunks, { schema: importLineInput, most: MOST_IMPORT_LINES, malformed: 'import_line_malformed' })
  const id = await startImport(who, { apiClientId: query.apiClientId, name: query.name, probe: query.probe === 'true', lines })
  return getImport(who, id)
}

/**
 * How an import stands, with the lines that need somebody: refused, failed, or otherwise than expected. A key with a list
 * of properties sees what such keys brought, and of that the lines of its properties.
 *
 * @throws AppError `not_found`
 */
export async function getMachineImport(actor: MachineActor, id: string): Promise<z.input<(typeof endpoint)['output']>> {
  const who = machineActor(actor)
  const detail = await getImport(who, id)
  const own = who.properties ? { propertyId: { in: [...who.properties] } } : {}
  if (who.properties && (await db().importLine.count({ where: { importId: id, ...own } })) === 0) throw new AppError('not_found')
  const lines = await db().importLine.findMany({
    where: { importId: id, ...own, OR: [{ state: { in: ['refused', 'failed'] } }, { reason: { not: null } }] },
    orderBy: { number: 'asc' },
    take: MOST_LINES,
    select: { number: true, propertyId: true, state: true, reason: true },
  })
  return { ...detail, lines }
}
