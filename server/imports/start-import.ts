import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { requireApiClient } from '../api-clients/find-api-client'
import { requireUpstream } from '../api-clients/list-upstreams'
import { recordAudit } from '../audit/record-audit'
import { Secret } from '../crypto/secret'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'
import { addJob } from '../jobs/add-job'
import { getRuntime } from '../runtime'
import type { ImportActor } from './import-actor'
import { sealLineToken, tokenFingerprint } from './line-token'

export interface NewLine {
  readonly number: number
  readonly refreshToken: string
  readonly propertyId?: string | undefined
  readonly name?: string | undefined
}

interface NewImport {
  readonly apiClientId: string
  readonly name: string
  readonly probe: boolean
  readonly lines: readonly NewLine[]
}

/** Lines sealed without letting anybody else's work wait. */
const SEALED_AT_ONCE = 200

/**
 * Takes a cohort of refresh tokens: import, lines, the proof and the job in one transaction, each token sealed before it
 * is stored. The same lines again are the same import, as long as none of them was refused or failed.
 *
 * @returns the import's id.
 * @throws AppError `not_found`, `upstream_not_allowed`, `import_line_malformed`, `machine_key_properties`
 */
export async function startImport(who: ImportActor, given: NewImport): Promise<string> {
  const { organizationId } = who
  const apiClient = await requireApiClient(who, given.apiClientId)
  if (who.environment && who.environment !== apiClient.environment) throw new AppError('not_found')
  requireUpstream(apiClient.upstreamId)
  requirePropertyIds(who, given)
  const digest = digestOf(given)
  const id = randomUUID()
  const rows = await toRows({ organizationId, importId: id }, given.lines)
  const now = getRuntime().clock()
  return transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`import ${organizationId} ${digest}`}, 0))`
    const same = await findSame(tx, organizationId, digest)
    if (same) return same
    await tx.connectionImport.create({
      data: {
        id, organizationId, apiClientId: given.apiClientId, name: given.name, probe: given.probe, digest,
        total: given.lines.length, actorKind: who.actor.kind, actorId: who.actor.id, createdAt: now,
      },
    })
    await insertLines(tx, { importId: id, rows, now })
    await recordAudit(tx, {
      action: 'import.started',
      outcome: 'success',
      organizationId,
      actor: who.actor,
      target: { kind: 'import', id },
      detail: { name: given.name, lines: given.lines.length, probe: given.probe, apiClient: given.apiClientId },
      context: who.context,
      at: now,
    })
    await addJob(tx, { name: 'run_import', payload: { importId: id } }, { key: `import:${id}` })
    return id
  })
}

/** A property must be named when nobody asks Octorate, and when the key may act for some properties only. */
function requirePropertyIds({ properties }: ImportActor, { probe, lines }: NewImport): void {
  const nameless = probe && !properties ? undefined : lines.find((line) => line.propertyId === undefined)
  if (nameless) {
    throw new AppError('import_line_malformed', { issues: [{ path: `${nameless.number}.propertyId`, message: 'is needed' }] })
  }
  if (properties && lines.some(({ propertyId }) => !properties.has(propertyId ?? ''))) throw new AppError('machine_key_properties')
}

/** Length-prefixed by JSON, so that no two different files read the same. */
function digestOf({ apiClientId, probe, lines }: NewImport): string {
  const hash = createHash('sha256').update(JSON.stringify([apiClientId, probe]))
  for (const { refreshToken, propertyId = null, name = null } of lines) hash.update(JSON.stringify([refreshToken, propertyId, name]))
  return hash.digest('base64url')
}

/** The import of the very same lines; one that needs another try makes room instead. */
async function findSame(tx: Transaction, organizationId: string, digest: string): Promise<string | null> {
  const same = await tx.connectionImport.findUnique({ where: { organizationId_digest: { organizationId, digest } } })
  if (!same) return null
  const open = await tx.importLine.count({ where: { importId: same.id, state: { in: ['refused', 'failed'] } } })
  const isOver = same.state === 'cancelled' || same.state === 'handed_back' || (same.state === 'finished' && open > 0)
  if (!isOver) return same.id
  await tx.connectionImport.update({ where: { id: same.id }, data: { digest: `${digest}:${same.id}` } })
  return null
}

interface LineRow {
  readonly number: number
  readonly propertyId: string | null
  readonly name: string | null
  readonly sealed: string | null
  readonly last4: string
  readonly fingerprint: string
  readonly state: 'pending' | 'duplicate'
  readonly reason: string | null
  readonly connectionId: string
}

async function toRows(place: { organizationId: string; importId: string }, lines: readonly NewLine[]): Promise<LineRow[]> {
  const rows: LineRow[] = []
  const seen = new Set<string>()
  for (const [index, { number, refreshToken, propertyId = null, name = null }] of lines.entries()) {
    if (index % SEALED_AT_ONCE === SEALED_AT_ONCE - 1) await setImmediate()
    const fingerprint = tokenFingerprint(refreshToken)
    const isDouble = seen.has(fingerprint)
    seen.add(fingerprint)
    rows.push({
      number, propertyId, name, fingerprint,
      sealed: isDouble ? null : sealLineToken({ ...place, number }, refreshToken),
      last4: Secret.of(refreshToken).last4,
      state: isDouble ? 'duplicate' : 'pending',
      reason: isDouble ? 'same_token_in_file' : null,
      connectionId: randomUUID(),
    })
  }
  return rows
}

/** All of them in one statement: thousands of lines are few arrays. */
async function insertLines(tx: Transaction, given: { importId: string; rows: readonly LineRow[]; now: Date }): Promise<void> {
  const { importId, rows, now } = given
  const column = <K extends keyof LineRow>(name: K) => rows.map((row) => row[name])
  await tx.$executeRaw`
    INSERT INTO import_lines (import_id, number, property_id, name, refresh_token_sealed, refresh_token_last4, refresh_fingerprint,
      state, reason, connection_id, next_try_at, updated_at)
    SELECT ${importId}::uuid, line.number, line.property_id, line.name, line.sealed, line.last4, line.fingerprint,
      line.state::import_line_state, line.reason, line.connection_id, ${now}, ${now}
    FROM unnest(${column('number')}::int[], ${column('propertyId')}::text[], ${column('name')}::text[], ${column('sealed')}::text[],
      ${column('last4')}::text[], ${column('fingerprint')}::text[], ${column('state')}::text[], ${column('reason')}::text[],
      ${column('connectionId')}::uuid[])
      AS line (number, property_id, name, sealed, last4, fingerprint, state, reason, connection_id)`
}
