import { cellReader, type CellRow } from './cell-reader'

/** Splits a whole text, as {@link cellReader} does piece by piece. */
export function readCells(text: string, delimiter: string): CellRow[] {
  const reader = cellReader(delimiter)
  return [...reader.push(text), ...reader.end()]
}
