/**
 * Reads comma- or semicolon-separated text (RFC 4180): quoted fields may hold separators, quotes and line ends. Empty lines
 * are left out. The separator is whichever the first line has more of.
 */
export function parseCsv(text: string): string[][] {
  const clean = text.replace(/^\uFEFF/, '')
  const [head = ''] = clean.split(/\r?\n/, 1)
  const separator = head.split(';').length > head.split(',').length ? ';' : ','
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let isQuoted = false
  const endField = () => {
    row.push(field)
    field = ''
  }
  const endRow = () => {
    endField()
    if (row.some((each) => each.trim() !== '')) rows.push(row)
    row = []
  }
  for (let index = 0; index < clean.length; index += 1) {
    const character = clean[index] ?? ''
    if (isQuoted) {
      if (character !== '"') field += character
      else if (clean[index + 1] === '"') {
        field += '"'
        index += 1
      } else isQuoted = false
    } else if (character === '"' && field.trim() === '') {
      field = ''
      isQuoted = true
    } else if (character === separator) endField()
    else if (character === '\n') endRow()
    else if (character !== '\r') field += character
  }
  endRow()
  return rows
}
