import { cellReader, type CellRow } from '../text/cell-reader'
import { faultOfKey } from './fault-of-key'
import { faultOfPropertyId } from './fault-of-property-id'
import { faultOfText } from './fault-of-text'
import { columnsNamed, type KeyColumns } from './key-columns'
import type { KeyFault, KeyFaultCode } from './key-fault'
import { LONGEST_KEY_VALUE, MOST_KEY_LINES } from './key-limits'
import { markupOf } from './markup-of'
import { seenKeys } from './seen-keys'

export interface KeyFileLine {
  /** Line of the file, counted from 1. */
  readonly number: number
  readonly key: string
  readonly propertyId: string
  readonly name?: string
}

export interface KeyLayoutChoice {
  readonly delimiter: string
  readonly hasHeading: boolean
  readonly columns: KeyColumns
}

export interface KeyLineReader {
  /** The next piece of the text. @returns the lines that are whole now */
  push(text: string): (KeyFileLine | KeyFault)[]
  /** @returns the lines that waited for more */
  end(): (KeyFileLine | KeyFault)[]
}

/**
 * Reads old keys line by line from text that comes in pieces. Nothing is guessed about what is wrong: each such line says
 * why and in which cell. With a line too many comes the fault `too_many_lines`, and nothing after it.
 *
 * @param compare makes a fault of a line that doubles an earlier one; who decides about those elsewhere gives null
 */
export function keyLineReader(choice: KeyLayoutChoice, compare: ReturnType<typeof seenKeys> | null = seenKeys()): KeyLineReader {
  const cells = cellReader(choice.delimiter)
  let heading: CellRow | null = null
  let [width, count] = [0, 0]
  const read = (row: CellRow): (KeyFileLine | KeyFault)[] => {
    if (width === 0) {
      width = row.cells.length
      if (choice.hasHeading) {
        heading = row
        return []
      }
    }
    count += 1
    if (count === MOST_KEY_LINES + 1) return [{ number: row.number, column: 1, fault: 'too_many_lines' }]
    if (count > MOST_KEY_LINES) return []
    const line = readLine(row, { ...choice, width, heading })
    return ['fault' in line || !compare ? line : compare(line, choice.columns)]
  }
  return { push: (text) => cells.push(text).flatMap(read), end: () => cells.end().flatMap(read) }
}

interface Table extends KeyLayoutChoice {
  readonly width: number
  readonly heading: CellRow | null
}

function readLine(row: CellRow, table: Table): KeyFileLine | KeyFault {
  const at = (column: number, fault: KeyFaultCode): KeyFault => ({ number: row.number, column: column + 1, fault })
  const line = faultOfRow(row, table) ?? readCellsOf(row, table.columns)
  const markup = 'fault' in line ? markupOf(row.cells) : null
  return markup ? at(0, markup) : line
}

function faultOfRow({ number, cells, fault }: CellRow, { columns, width, heading }: Table): KeyFault | null {
  const at = (column: number, code: KeyFaultCode): KeyFault => ({ number, column: column + 1, fault: code })
  if (fault) return at(fault.cell, fault.kind)
  if (heading && isHeading(cells, { heading, columns })) return at(0, 'header_again')
  const surplus = cells.findIndex((cell, index) => index >= width && cell.trim() !== '')
  if (surplus >= 0) return at(surplus, 'too_many_cells')
  return cells.length <= Math.max(columns.key, columns.propertyId) ? at(cells.length, 'too_few_cells') : null
}

/** The heading once more: files were put together. */
function isHeading(cells: readonly string[], { heading, columns }: { heading: CellRow; columns: KeyColumns }): boolean {
  const named = columnsNamed(cells)
  if (named[columns.key] === 'key' && named[columns.propertyId] === 'propertyId') return true
  return cells.length === heading.cells.length && cells.every((cell, index) => cell.trim() === heading.cells[index]?.trim())
}

function readCellsOf({ number, cells }: CellRow, columns: KeyColumns): KeyFileLine | KeyFault {
  const cellOf = (column: number | null) => (column === null ? '' : (cells[column] ?? '').trim())
  const [key, propertyId, name] = [cellOf(columns.key), cellOf(columns.propertyId), cellOf(columns.name)]
  if (/^\d{1,12}$/.test(key) && propertyId.length > 12 && !/^\d+$/.test(propertyId) && !faultOfKey(propertyId)) {
    return { number, column: columns.key + 1, fault: 'columns_swapped' }
  }
  const keyFault = faultOfKey(key)
  if (keyFault) return { number, column: columns.key + 1, ...keyFault }
  const idFault = faultOfPropertyId(propertyId)
  if (idFault) return { number, column: columns.propertyId + 1, ...idFault }
  const nameFault = faultOfText(name) ?? (name.length > LONGEST_KEY_VALUE.name ? { fault: 'name_too_long' as const } : null)
  if (nameFault) return { number, column: (columns.name ?? 0) + 1, ...nameFault }
  return { number, key, propertyId, ...(name ? { name } : {}) }
}
