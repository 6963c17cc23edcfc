export interface CellRow {
  /** Line of the text on which the row begins, counted from 1 as an editor counts. */
  readonly number: number
  readonly cells: readonly string[]
  /** True when a quote was opened and never closed: the cells are what the one line holds. */
  readonly unclosed: boolean
}

/**
 * Splits delimited text into rows and cells (RFC 4180): quoted cells may hold the delimiter, doubled quotes and line
 * ends; lines end by LF, CRLF or CR; a byte order mark is skipped, and so are blank lines.
 */
export function readCells(text: string, delimiter: string): CellRow[] {
  const rows: CellRow[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  while (at < text.length) {
    const row = readRow(text, at, delimiter)
    if (row.cells.some((cell) => cell.trim() !== '')) rows.push({ number: line, cells: row.cells, unclosed: row.unclosed })
    line += row.lines
    at = row.end
  }
  return rows
}

interface ReadRow {
  readonly cells: string[]
  readonly unclosed: boolean
  /** Line ends passed, those inside quotes included. */
  readonly lines: number
  readonly end: number
}

function readRow(text: string, start: number, delimiter: string): ReadRow {
  const cells: string[] = []
  let [at, lines] = [start, 0]
  for (;;) {
    const cell = text[at] === '"' ? readQuoted(text, at, delimiter) : readBare(text, at, delimiter)
    if (!cell) return readBroken(text, start, delimiter)
    cells.push(cell.value)
    lines += cell.lines
    at = cell.end
    if (text[at] !== delimiter) break
    at += 1
  }
  if (at < text.length) lines += 1
  return { cells, unclosed: false, lines, end: afterLineEnd(text, at) }
}

/** A quote that never closes would swallow the rest of the file: only its own line is given up. */
function readBroken(text: string, start: number, delimiter: string): ReadRow {
  const end = lineEnd(text, start)
  return { cells: text.slice(start, end).split(delimiter), unclosed: true, lines: 1, end: afterLineEnd(text, end) }
}

interface Cell {
  readonly value: string
  readonly lines: number
  readonly end: number
}

function readBare(text: string, start: number, delimiter: string): Cell {
  let at = start
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1
  return { value: text.slice(start, at), lines: 0, end: at }
}

/** Null when the quote does not close. Whatever follows the closing quote up to the delimiter belongs to the cell. */
function readQuoted(text: string, start: number, delimiter: string): Cell | null {
  let value = ''
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return null
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') {
      at = quote + 1
      break
    }
    value += '"'
    at = quote + 2
  }
  const rest = readBare(text, at, delimiter)
  return { value: value + rest.value, lines: value.split(/\r\n|\r|\n/).length - 1, end: rest.end }
}

function lineEnd(text: string, start: number): number {
  const found = text.slice(start).search(/[\r\n]/)
  return found < 0 ? text.length : start + found
}

function afterLineEnd(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : Math.min(at + 1, text.length)
}
