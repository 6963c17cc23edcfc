import { trimBlanks } from './trim-blanks'

/** One entry of a pasted list, and the comment behind it. */
export interface SplitEntry {
  /** Of the text, from one. */
  readonly line: number
  /** Without blanks around it. */
  readonly text: string
  /** What stands behind `#` in the same line; null when there is nothing. */
  readonly comment: string | null
}

/**
 * Takes a pasted list apart: entries between line ends, commas or semicolons, with blanks of ASCII around them; from `#` on
 * a line is the comment of the entries before it. A line of a comment alone has no entry.
 */
export function splitEntries(text: string): SplitEntry[] {
  return text.split(/\r\n|\n|\r/).flatMap((line, index) => {
    const hash = line.indexOf('#')
    const comment = hash < 0 ? '' : trimBlanks(line.slice(hash + 1))
    const entries = (hash < 0 ? line : line.slice(0, hash)).split(/[,;]/).map((entry) => trimBlanks(entry))
    return entries.flatMap((entry) => (entry === '' ? [] : [{ line: index + 1, text: entry, comment: comment === '' ? null : comment }]))
  })
}
