import 'server-only'
import { MOST_READERS, type HeldSecret } from '@/contracts/inventory'
import { showInvisible } from '@/lib/text/show-invisible'
import { toCsv } from '@/lib/text/to-csv'
import { recordAudit } from '../audit/record-audit'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { withReaders } from './read-readers'
import { readSecrets } from './read-secrets'

const AT_ONCE = 1_000
const MOST_CELL = 1_000

const COLUMNS = [
  'kind', 'id', 'name', 'environment', 'last characters', 'since', 'age in days', 'last used',
  ...Array.from({ length: MOST_READERS }, (_, index) => [`reader ${index + 1}`, `address ${index + 1}`, `read at ${index + 1}`]).flat(),
]

/** Every secret that is held, without its value, as a file; notes first who takes it along. */
export async function exportInventory({ viewer, context }: Actor) {
  const { organizationId } = viewer
  const now = getRuntime().clock()
  await recordAudit(db(), {
    action: 'inventory.exported', outcome: 'success', organizationId, actor: { kind: 'user', id: viewer.userId }, context, at: now,
  })
  return { name: `keyrack-inventory-${now.toISOString().slice(0, 10)}.csv`, contentType: 'text/csv; charset=utf-8', chunks: linesOf(organizationId, now) }
}

async function* linesOf(organizationId: string, now: Date): AsyncGenerator<string> {
  yield `\uFEFF${toCsv([COLUMNS])}`
  // Read at once: what comes and goes meanwhile would shift the pages.
  const secrets = await readSecrets(organizationId, {})
  for (let from = 0; from < secrets.length; from += AT_ONCE) {
    const part = await withReaders(organizationId, secrets.slice(from, from + AT_ONCE))
    yield toCsv(part.map((secret) => cellsOf(secret, now)))
  }
}

const DAY_MS = 24 * 60 * 60_000

function cellsOf({ kind, id, name, environment, last4, since, lastUsedAt, readers }: HeldSecret, now: Date): (string | number | null)[] {
  const ageDays = since === null ? null : Math.floor((now.getTime() - Date.parse(since)) / DAY_MS)
  const whole = Array.from({ length: MOST_READERS }, (_, index) => readers[index])
  return [
    kind, id, shown(name), environment, last4, since, ageDays, lastUsedAt,
    ...whole.flatMap((reader) => [reader ? shown(reader.name) : null, reader?.address ?? null, reader?.at ?? null]),
  ]
}

function shown(text: string): string {
  return showInvisible(text, MOST_CELL)
}
