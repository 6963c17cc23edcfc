import { saveFile } from './save-file'

/** Hands a table to the person as a file that a spreadsheet opens in the right encoding. */
export function saveCsv(text: string, name: string): void {
  saveFile({ name, text: `\uFEFF${text}`, type: 'text/csv;charset=utf-8' })
}
