import 'server-only'
import type { AuditExportQuery } from '@/contracts/audit'
import { showInvisible } from '@/lib/text/show-invisible'
import { toCsv } from '@/lib/text/to-csv'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { canonicalJson } from './chain'
import { findAuditNames } from './find-audit-names'
import { readLog } from './read-log'
import { recordAudit } from './record-audit'
import { readTrustedKeys } from './signing-key'
import type { SealedEvent } from './to-dto'
import { whereOf } from './where-of'

const AT_ONCE = 1_000
const MOST_CELL = 10_000

const COLUMNS = [
  'number', 'at', 'action', 'outcome', 'actor kind', 'actor id', 'actor name', 'target kind', 'target id', 'target name', 'address', 'user agent',
  'request id', 'detail', 'place in chain', 'hash',
] as const

interface Export {
  readonly name: string
  readonly contentType: string
  readonly chunks: AsyncIterator<string>
}

/** Hands the audit log out as a file, a part at a time, and notes first that it does. */
export async function exportAudit({ viewer, context }: Actor, { format, ...query }: AuditExportQuery): Promise<Export> {
  const now = getRuntime().clock()
  await recordAudit(db(), {
    action: 'audit.exported',
    outcome: 'success',
    organizationId: viewer.organizationId,
    actor: { kind: 'user', id: viewer.userId },
    detail: { format, ...Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) },
    context,
    at: now,
  })
  const name = `keyrack-audit-${now.toISOString().slice(0, 10)}.${format}`
  return format === 'csv'
    ? { name, contentType: 'text/csv; charset=utf-8', chunks: csvOf(viewer, query) }
    : { name, contentType: 'application/x-ndjson; charset=utf-8', chunks: linesOf(viewer.organizationId, now) }
}

async function* linesOf(organizationId: string, now: Date): AsyncGenerator<string> {
  const { pool } = getRuntime()
  const keys = await readTrustedKeys(pool)
  let chunk: string[] = []
  for await (const line of readLog(pool, { organizationId, keys, now })) {
    chunk.push(`${JSON.stringify(line)}\n`)
    if (chunk.length < AT_ONCE) continue
    yield chunk.join('')
    chunk = []
  }
  yield chunk.join('')
}

async function* csvOf(viewer: Actor['viewer'], query: Omit<AuditExportQuery, 'format'>): AsyncGenerator<string> {
  yield `\uFEFF${toCsv([COLUMNS])}`
  const where = whereOf(viewer, query)
  for (let last = 0n; ; ) {
    const rows = await db().auditEvent.findMany({ where: { ...where, id: { gt: last } }, include: { seal: true }, orderBy: { id: 'asc' }, take: AT_ONCE })
    const names = await findAuditNames(rows)
    if (rows.length > 0) yield toCsv(rows.map((row) => cellsOf(row, names)))
    last = rows.at(-1)?.id ?? last
    if (rows.length < AT_ONCE) return
  }
}

/** What somebody chose, such as the name of their program, may hold characters that move a terminal's cursor. */
function cellsOf(row: SealedEvent, names: ReadonlyMap<string, string>): (string | null)[] {
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  const cells = [
    String(row.id), row.at.toISOString(), row.action, row.outcome, row.actorKind, row.actorId, nameOf(row.actorId), row.targetKind, row.targetId,
    nameOf(row.targetId), row.address, row.userAgent, row.requestId, canonicalJson(row.detail), row.seal ? String(row.seal.sequence) : null,
    row.seal?.hash ?? null,
  ]
  return cells.map((cell) => (cell === null ? null : showInvisible(cell, MOST_CELL)))
}
