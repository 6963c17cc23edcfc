import { plainText } from '@/contracts/plain-text'
import { cidrSentence } from '@/contracts/cidr-sentence'
import { MOST_IMPORT_LINES } from '@/contracts/address-lists'
import { parseCidrBlock } from '@/lib/net/parse-cidr-block'
import { splitEntries } from '@/lib/net/split-entries'
import { parseCsv } from '@/lib/text/parse-csv'
import { AppError } from '../http/app-error'
import { expiryOf } from './edits'

/** One entry of what was pasted. What it leaves out is undefined: then the import's own wishes count. */
export interface ImportLine {
  readonly line: number
  readonly text: string
  readonly block: string | null
  readonly comment: string | undefined
  readonly owner: string | undefined
  /** Undefined when it says nothing about it. */
  readonly expiresAt: Date | null | undefined
  readonly mistake: { readonly code: string; readonly position: number | null; readonly sentence: string; readonly suggestions: readonly string[] } | null
}

interface Raw {
  readonly line: number
  readonly text: string
  readonly comment?: string | null | undefined
  readonly owner?: string | undefined
  readonly expiresAt?: string | undefined
  readonly columns?: number
}

const COLUMNS = ['block', 'comment', 'owner', 'expiresat']
const SENTENCES = {
  comment: 'A comment has 1 to 200 characters, and no control characters.',
  owner: 'An owner has 1 to 120 characters, and no control characters.',
  expires: 'An expiry is an instant such as 2027-01-31T18:00:00Z, within the next year.',
  columns: 'A line has at most four columns: block, comment, owner, expiresAt.',
} as const

/** Reads a pasted list or a CSV file. Nothing is left out in silence: what cannot be read is told. @throws AppError `invalid_input` for too many lines */
export function readImport(format: 'text' | 'csv', text: string, now: Date): ImportLine[] {
  const raws = format === 'text' ? splitEntries(text) : readCsv(text)
  if (raws.length > MOST_IMPORT_LINES) throw new AppError('invalid_input', { issues: [{ path: 'text', message: `has at most ${MOST_IMPORT_LINES} entries` }] })
  return raws.map((raw) => readLine(raw, now))
}

function readCsv(text: string): Raw[] {
  const rows = parseCsv(text)
  const [head = []] = rows
  const hasHead = head[0]?.trim().toLowerCase() === 'block'
  const names = hasHead ? head.map((name) => name.trim().toLowerCase()) : COLUMNS
  if (names.some((name) => !COLUMNS.includes(name))) throw new AppError('invalid_input', { issues: [{ path: 'text', message: 'has the columns block, comment, owner, expiresAt' }] })
  return rows.slice(hasHead ? 1 : 0).map((cells, index) => {
    const cell = (name: string) => {
      const value = cells[names.indexOf(name)]?.trim()
      return value === '' ? undefined : value
    }
    return {
      line: index + (hasHead ? 2 : 1), text: cell('block') ?? '', comment: cell('comment'), owner: cell('owner'), expiresAt: cell('expiresat'),
      columns: cells.length - names.length,
    }
  })
}

function readLine({ line, text, comment, owner, expiresAt, columns = 0 }: Raw, now: Date): ImportLine {
  const parsed = parseCidrBlock(text)
  const [saidComment, saidOwner] = [readText(comment, 200), readText(owner, 120)]
  const ends = readExpiry(expiresAt, now)
  const wrong = columns > 0 ? 'columns' : saidComment === null ? 'comment' : saidOwner === null ? 'owner' : ends === 'wrong' ? 'expires' : null
  const mistake = 'block' in parsed
    ? wrong && { code: wrong, position: null, sentence: SENTENCES[wrong], suggestions: [] }
    : { code: parsed.code, position: parsed.position + 1, sentence: cidrSentence(parsed), suggestions: parsed.suggestions ?? [] }
  return {
    line, text: text.slice(0, 200).toWellFormed(), block: 'block' in parsed ? parsed.canonical : null, mistake,
    comment: saidComment ?? undefined, owner: saidOwner ?? undefined, expiresAt: ends === 'wrong' ? undefined : ends,
  }
}

/** Undefined when there is nothing, null when it cannot be kept. */
function readText(text: string | null | undefined, longest: number): string | undefined | null {
  if (text === undefined || text === null) return undefined
  const parsed = plainText(longest).safeParse(text)
  return parsed.success ? parsed.data : null
}

function readExpiry(text: string | undefined, now: Date): Date | null | undefined | 'wrong' {
  if (text === undefined) return undefined
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(Date.parse(text))) return 'wrong'
  try {
    return expiryOf({ at: text }, now)
  } catch {
    return 'wrong'
  }
}
