import { delimiterOf } from './delimiter-of'
import { readCells } from './read-cells'

/** Reads delimited text as rows of cells, whatever its delimiter; blank lines are left out. */
export function parseCsv(text: string): (readonly string[])[] {
  return readCells(text, delimiterOf(text)).map(({ cells }) => cells)
}
