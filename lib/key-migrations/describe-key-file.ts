import type { CellRow } from '../text/cell-reader'
import { delimiterOf } from '../text/delimiter-of'
import { readCells } from '../text/read-cells'
import { columnsNamed, type KeyColumn, type KeyColumns } from './key-columns'
import type { KeyFault, KeyFaultCode } from './key-fault'
import { markupOf } from './markup-of'

export interface KeyFileLayout {
  readonly delimiter: string
  readonly hasHeading: boolean
  /** The first row with anything in it. */
  readonly first: CellRow
  readonly columns: { readonly [C in KeyColumn]: number | null }
}

/** Enough to see the heading and some lines of any file. */
export const HEAD_CHARACTERS = 65_536

/**
 * How a file of keys is laid out, told by its beginning: columns are known by the names in the first row; without such a
 * row they are key and property id, or the id first when that is plain to see. A fault about columns still has a layout,
 * so that a person can choose them.
 */
export function describeKeyFile(head: string): { readonly layout: KeyFileLayout | null; readonly fault: KeyFault | null } {
  const whole = faultOfFile(head)
  if (whole) return { layout: null, fault: { number: 1, column: 1, fault: whole } }
  const delimiter = delimiterOf(head)
  const [first, second] = readCells(head, delimiter)
  if (!first) return { layout: null, fault: { number: 1, column: 1, fault: 'empty_file' } }
  const markup = markupOf(first.cells)
  if (markup) return { layout: null, fault: { number: first.number, column: 1, fault: markup } }
  const named = columnsNamed(first.cells)
  const hasHeading = named.some((column) => column !== null) || (second !== undefined && !/\d/.test(first.cells.join('')))
  const columns = hasHeading ? columnsByName(named) : columnsByPlace(first.cells)
  return { layout: { delimiter, hasHeading, first, columns }, fault: faultOfColumns({ first, named, columns }) }
}

/** The columns of a layout, when it has both that are needed. */
export function columnsOf({ columns: { key, propertyId, name } }: KeyFileLayout): KeyColumns | null {
  return key === null || propertyId === null ? null : { key, propertyId, name }
}

function faultOfFile(head: string): KeyFaultCode | null {
  if (head.startsWith('PK\u0003\u0004')) return 'spreadsheet_file'
  // What UTF-16 looks like when it is read as UTF-8: its mark can't be, and every other character is NUL.
  return /^(\uFFFD\uFFFD|\uFFFE)|^.\0.\0|^\0.\0./s.test(head) ? 'utf16' : null
}

function columnsByName(named: readonly (KeyColumn | null)[]): KeyFileLayout['columns'] {
  const placeOf = (column: KeyColumn) => (named.includes(column) ? named.indexOf(column) : null)
  return { key: placeOf('key'), propertyId: placeOf('propertyId'), name: placeOf('name') }
}

function columnsByPlace(cells: readonly string[]): KeyFileLayout['columns'] {
  const isId = (index: number) => /^\d{1,12}$/.test(cells[index]?.trim() ?? '')
  const name = cells.length > 2 ? 2 : null
  if (cells.length < 2) return { key: 0, propertyId: null, name }
  return isId(0) && !isId(1) ? { key: 1, propertyId: 0, name } : { key: 0, propertyId: 1, name }
}

interface Heading {
  readonly first: CellRow
  readonly named: readonly (KeyColumn | null)[]
  readonly columns: KeyFileLayout['columns']
}

function faultOfColumns({ first, named, columns }: Heading): KeyFault | null {
  const at = (column: number, fault: KeyFaultCode): KeyFault => ({ number: first.number, column: column + 1, fault })
  const secondOf = (column: KeyColumn) => named.indexOf(column, named.indexOf(column) + 1)
  if (secondOf('key') > 0) return at(secondOf('key'), 'two_key_columns')
  const twice = [secondOf('propertyId'), secondOf('name')].find((place) => place > 0)
  if (twice !== undefined) return at(twice, 'duplicate_header')
  if (columns.key === null) return at(0, 'no_key_column')
  return columns.propertyId === null ? at(first.cells.length, 'no_property_column') : null
}
