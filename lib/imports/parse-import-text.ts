import type { CellRow } from '../text/cell-reader'
import { delimiterOf } from '../text/delimiter-of'
import { readCells } from '../text/read-cells'

/** More lines are refused whole: they are brought in several files. */
export const MOST_IMPORT_LINES = 20_000
const LONGEST = { refreshToken: 4_000, propertyId: 100, name: 300 } as const
const SHORTEST_TOKEN = 4

export const IMPORT_COLUMNS = ['refreshToken', 'propertyId', 'name'] as const
export type ImportColumn = (typeof IMPORT_COLUMNS)[number]

export interface ImportLine {
  /** Line of the file, counted from 1. */
  readonly number: number
  readonly refreshToken: string
  readonly propertyId?: string
  readonly name?: string
}

export type LineFaultCode = 'unclosed_quote' | 'too_many_columns' | 'missing' | 'too_short' | 'too_long' | 'characters' | 'rounded'

/** Why a line can't be imported, and in which column; null when it is the line as a whole. */
export interface LineFault {
  readonly number: number
  readonly fault: LineFaultCode
  readonly column: ImportColumn | null
}

export type FileFault = 'empty' | 'no_token_column' | 'column_twice' | 'too_many_lines'

export type ParsedImport =
  | { readonly ok: true; readonly lines: readonly (ImportLine | LineFault)[] }
  | { readonly ok: false; readonly fault: FileFault }

/**
 * Reads pasted or uploaded text: one refresh token a line, or a table with comma, semicolon or tab. Columns are known by
 * the names in the first row; without such a row they are token, property id, name, or property id first when that is
 * plain to see. Nothing is guessed about what is wrong: each such line says why.
 */
export function parseImportText(text: string): ParsedImport {
  const rows = readCells(text, delimiterOf(text))
  const [first, ...others] = rows
  if (!first) return { ok: false, fault: 'empty' }
  const named = columnsByName(first.cells)
  if (named === 'column_twice') return { ok: false, fault: 'column_twice' }
  if (named && !named.includes('refreshToken')) return { ok: false, fault: 'no_token_column' }
  const body = named ? others : rows
  if (body.length === 0) return { ok: false, fault: 'empty' }
  if (body.length > MOST_IMPORT_LINES) return { ok: false, fault: 'too_many_lines' }
  const columns = named ?? columnsByPlace(first.cells)
  return { ok: true, lines: body.map((row) => readLine(row, columns)) }
}

type Columns = readonly (ImportColumn | null)[]

const NAMES: Readonly<Record<ImportColumn, readonly string[]>> = {
  refreshToken: ['refreshtoken', 'refresh', 'token', 'octoraterefreshtoken'],
  propertyId: ['propertyid', 'property', 'accommodation', 'accommodationid', 'hotel', 'hotelid', 'octorateid', 'id'],
  name: ['name', 'propertyname', 'accommodationname', 'hotelname', 'label'],
}

/** Null when the row names no column of ours: it is the first line of data then. */
function columnsByName(cells: readonly string[]): Columns | 'column_twice' | null {
  const columns = cells.map((cell) => {
    const spelled = cell.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
    return IMPORT_COLUMNS.find((column) => NAMES[column].includes(spelled)) ?? null
  })
  const known = columns.filter((column) => column !== null)
  if (known.length === 0) return null
  return new Set(known).size === known.length ? columns : 'column_twice'
}

function columnsByPlace([first = '', second = '']: readonly string[]): Columns {
  const isIdFirst = /^\d{1,12}$/.test(first.trim()) && second.trim() !== '' && !/^\d{1,12}$/.test(second.trim())
  return isIdFirst ? ['propertyId', 'refreshToken', 'name'] : ['refreshToken', 'propertyId', 'name']
}

function readLine({ number, cells, fault: rowFault }: CellRow, columns: Columns): ImportLine | LineFault {
  const wrong = (fault: LineFaultCode, column: ImportColumn | null): LineFault => ({ number, fault, column })
  if (rowFault?.kind === 'unclosed_quote') return wrong('unclosed_quote', null)
  if (rowFault?.kind === 'line_too_long') return wrong('too_long', null)
  if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) return wrong('too_many_columns', null)
  const cellOf = (column: ImportColumn) => (cells[columns.indexOf(column)] ?? '').trim()
  const [refreshToken, propertyId, name] = [cellOf('refreshToken'), cellOf('propertyId'), cellOf('name')]
  if (refreshToken === '') return wrong('missing', 'refreshToken')
  if (refreshToken.length < SHORTEST_TOKEN) return wrong('too_short', 'refreshToken')
  if (refreshToken.length > LONGEST.refreshToken) return wrong('too_long', 'refreshToken')
  if (!/^[\x21-\x7e]+$/.test(refreshToken)) return wrong('characters', 'refreshToken')
  // What a spreadsheet makes of a long number: the last digits are gone.
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(propertyId)) return wrong('rounded', 'propertyId')
  if (propertyId.length > LONGEST.propertyId) return wrong('too_long', 'propertyId')
  if (/[\s\p{Cc}]/u.test(propertyId) || !propertyId.isWellFormed()) return wrong('characters', 'propertyId')
  if (name.length > LONGEST.name) return wrong('too_long', 'name')
  if (/\p{Cc}/u.test(name) || !name.isWellFormed()) return wrong('characters', 'name')
  return { number, refreshToken, ...(propertyId ? { propertyId } : {}), ...(name ? { name } : {}) }
}
