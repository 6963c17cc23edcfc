/** What is wrong with how a row is written, and in which cell (counted from 0) it begins. */
export interface RowFault {
  readonly kind: 'unclosed_quote' | 'text_after_quote' | 'line_too_long'
  readonly cell: number
}

export interface CellRow {
  /** Line of the text on which the row begins, counted from 1 as an editor counts. */
  readonly number: number
  /** With a quote that never closes, or too long a line, they are what could be read. */
  readonly cells: readonly string[]
  readonly fault: RowFault | null
}

export interface CellReader {
  /** The next piece of the text. @returns the rows that are whole now */
  push(text: string): CellRow[]
  /** @returns the rows that waited for more */
  end(): CellRow[]
}

/** A row that is longer than any table's is given up, so that a file without line ends is no load. */
const LONGEST_ROW = 65_536

/**
 * Splits delimited text that comes in pieces into rows and cells (RFC 4180): quoted cells may hold the delimiter, doubled
 * quotes and line ends; lines end by LF, CRLF or CR; a byte order mark is skipped, and so are blank lines. A quote that
 * never closes costs its own line only.
 */
export function cellReader(delimiter: string): CellReader {
  let [rest, line, isStart, isSkipping] = ['', 1, true, false]
  const read = (text: string, isLast: boolean): CellRow[] => {
    rest += text
    if (rest === '') return []
    let at = isStart && rest.startsWith('\uFEFF') ? 1 : 0
    isStart = false
    const rows: CellRow[] = []
    while (at < rest.length) {
      const source = { text: rest, delimiter, isLast }
      if (isSkipping) {
        const end = lineEnd(rest, at)
        const after = end < rest.length || isLast ? afterLineEnd(source, end) : null
        if (after === null) {
          at = Math.min(end, rest.length)
          break
        }
        isSkipping = false
        line += 1
        at = after
        continue
      }
      const row = readRow(source, at)
      if (row === 'more') break
      if (row.cells.some((cell) => cell.trim() !== '')) rows.push({ number: line, cells: row.cells, fault: row.fault })
      line += row.lines
      at = row.end
      isSkipping = row.fault?.kind === 'line_too_long'
    }
    rest = rest.slice(at)
    return rows
  }
  return { push: (text) => read(text, false), end: () => read('', true) }
}

interface Source {
  readonly text: string
  readonly delimiter: string
  /** False while more may follow. */
  readonly isLast: boolean
}

interface ReadRow {
  readonly cells: string[]
  readonly fault: RowFault | null
  /** Line ends passed, those inside quotes included. */
  readonly lines: number
  readonly end: number
}

function readRow(source: Source, start: number): ReadRow | 'more' {
  const { text, delimiter, isLast } = source
  const cells: string[] = []
  let fault: RowFault | null = null
  let [at, lines] = [start, 0]
  for (;;) {
    const quote = quoteAt(source, at)
    const cell = quote === null ? readBare(source, at) : readQuoted(source, quote)
    const isTooLong = (cell ? cell.end : text.length) - start > LONGEST_ROW
    if (!cell || isTooLong) {
      if (quote !== null && (isTooLong || isLast)) return readBroken(source, start, cells.length)
      return isTooLong ? tooLong(source, start) : 'more'
    }
    if (cell.isOdd) fault ??= { kind: 'text_after_quote', cell: cells.length }
    cells.push(cell.value)
    lines += cell.lines
    at = cell.end
    if (text[at] !== delimiter) break
    at += 1
  }
  const end = afterLineEnd(source, at)
  if (end === null) return 'more'
  return { cells, fault, lines: at < text.length ? lines + 1 : lines, end }
}

/** A quote that never closes would swallow the rest of the file: only its own line is given up. */
function readBroken(source: Source, start: number, cell: number): ReadRow | 'more' {
  const end = lineEnd(source.text, start)
  if (end - start > LONGEST_ROW) return tooLong(source, start)
  const after = afterLineEnd(source, end)
  if (after === null || (end === source.text.length && !source.isLast)) return 'more'
  return { cells: source.text.slice(start, end).split(source.delimiter), fault: { kind: 'unclosed_quote', cell }, lines: 1, end: after }
}

/** Its beginning is kept; what is left of the line is skipped as it comes. */
function tooLong({ text, delimiter }: Source, start: number): ReadRow {
  const end = start + LONGEST_ROW
  return { cells: text.slice(start, start + 1_000).split(delimiter), fault: { kind: 'line_too_long', cell: 0 }, lines: 0, end }
}

interface Cell {
  readonly value: string
  readonly lines: number
  readonly end: number
  /** True when text follows a closing quote. */
  readonly isOdd: boolean
}

/** Where the quote of a quoted cell stands; blanks may come before it. */
function quoteAt({ text, delimiter }: Source, start: number): number | null {
  let at = start
  while (text[at] !== delimiter && (text[at] === ' ' || text[at] === '\t')) at += 1
  return text[at] === '"' ? at : null
}

/** Null while it is not known where the cell ends. */
function readBare({ text, delimiter, isLast }: Source, start: number): Cell | null {
  let at = start
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1
  return at === text.length && !isLast ? null : { value: text.slice(start, at), lines: 0, end: at, isOdd: false }
}

/** Null when the quote does not close. Whatever follows the closing quote up to the delimiter belongs to the cell. */
function readQuoted(source: Source, quoteStart: number): Cell | null {
  const { text } = source
  let value = ''
  let at = quoteStart + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0 || (quote + 1 === text.length && !source.isLast)) return null
    value += text.slice(at, quote)
    at = quote + 1
    if (text[at] !== '"') break
    value += '"'
    at += 1
  }
  const rest = readBare(source, at)
  if (!rest) return null
  return { value: value + rest.value, lines: value.split(/\r\n|\r|\n/).length - 1, end: rest.end, isOdd: rest.value.trim() !== '' }
}

function lineEnd(text: string, start: number): number {
  const found = text.slice(start).search(/[\r\n]/)
  return found < 0 ? text.length : start + found
}

/** Null when it is not known yet whether a line feed follows. */
function afterLineEnd({ text, isLast }: Source, at: number): number | null {
  if (text[at] !== '\r') return Math.min(at + 1, text.length)
  if (at + 1 === text.length && !isLast) return null
  return text[at + 1] === '\n' ? at + 2 : at + 1
}
