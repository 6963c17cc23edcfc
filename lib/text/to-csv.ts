/**
 * A table as CSV (RFC 4180, CRLF). A cell that a spreadsheet would take for a formula gets an apostrophe in front, so
 * that opening the file runs nothing; every cell is quoted, so that none spills over.
 */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(toCell).join(',')}\r\n`).join('')
}

function toCell(value: string | number | null): string {
  const text = String(value ?? '')
  const harmless = typeof value !== 'number' && /^[\s\p{Cf}]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20|%]/u.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}
