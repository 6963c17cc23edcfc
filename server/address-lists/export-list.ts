import type { z } from 'zod'
import type { exportSchema } from '@/contracts/address-lists'
import { toCsv } from '@/lib/text/to-csv'
import type { HeldList } from './read-list'

type Export = z.infer<typeof exportSchema>

/** The list as a file that an import reads again. */
export function exportList(list: Pick<HeldList, 'entries'> | null, name: string, format: 'text' | 'csv' | 'json'): Export {
  const entries = (list?.entries ?? []).map(({ block, comment, owner, expiresAt }) => ({ block, comment, owner, expiresAt: expiresAt?.toISOString() ?? null }))
  if (format === 'json') return { fileName: `${name}.json`, type: 'application/json', text: `${JSON.stringify({ entries }, null, 2)}\n` }
  if (format === 'csv') {
    const rows = entries.map(({ block, comment, owner, expiresAt }) => [block, comment, owner, expiresAt])
    return { fileName: `${name}.csv`, type: 'text/csv', text: toCsv([['block', 'comment', 'owner', 'expiresAt'], ...rows]) }
  }
  return { fileName: `${name}.txt`, type: 'text/plain', text: entries.map(({ block, comment }) => `${block} # ${comment}\n`).join('') }
}
