import { keyLineInput } from '@/contracts/key-migrations'
import { columnsOf, describeKeyFile, HEAD_CHARACTERS } from '@/lib/key-migrations/describe-key-file'
import type { KeyFault } from '@/lib/key-migrations/key-fault'
import { keyLineReader, type KeyFileLine, type KeyLineReader } from '@/lib/key-migrations/key-line-reader'
import { MOST_KEY_LINES } from '@/lib/key-migrations/key-limits'
import { AppError } from '../http/app-error'
import { MOST_ISSUES, readNdjson } from '../http/read-ndjson'
import type { NewKeyLine } from './to-rows'

/**
 * Reads old keys as they arrive, as lines of JSON or as CSV. Every line must be right, or none is taken; one that doubles
 * an earlier one is right, and what becomes of it is decided later.
 *
 * @throws AppError `key_line_malformed` that names line and cell, never a value; `bad_request`, `body_too_large`.
 */
export function readKeyLines(chunks: AsyncIterable<Uint8Array>, format: 'ndjson' | 'csv'): Promise<NewKeyLine[]> {
  if (format === 'csv') return readCsv(chunks)
  return readNdjson(chunks, { schema: keyLineInput, most: MOST_KEY_LINES, malformed: 'key_line_malformed' })
}

async function readCsv(chunks: AsyncIterable<Uint8Array>): Promise<NewKeyLine[]> {
  const [lines, faults] = [[] as KeyFileLine[], [] as KeyFault[]]
  const take = (read: readonly (KeyFileLine | KeyFault)[]) => {
    for (const line of read) {
      if (!('fault' in line)) lines.push(line)
      else if (line.fault === 'too_many_lines') throw new AppError('body_too_large')
      else faults.push(line)
    }
  }
  let [head, reader]: [string, KeyLineReader | null] = ['', null]
  for await (const text of textOf(chunks)) {
    if (reader) take(reader.push(text))
    else head += text
    if (!reader && head.length >= HEAD_CHARACTERS) take((reader = readerFor(head)).push(head))
    if (faults.length >= MOST_ISSUES) throw malformed(faults)
  }
  if (!reader) take((reader = readerFor(head)).push(head))
  take(reader.end())
  if (faults.length > 0) throw malformed(faults)
  if (lines.length === 0) throw malformed([{ number: 1, column: 1, fault: 'empty_file' }])
  return lines
}

/** Columns are told by the beginning of the file. */
function readerFor(text: string): KeyLineReader {
  const { layout, fault } = describeKeyFile(text.slice(0, HEAD_CHARACTERS))
  const columns = layout && columnsOf(layout)
  if (fault || !layout || !columns) throw malformed([fault ?? { number: 1, column: 1, fault: 'empty_file' }])
  return keyLineReader({ ...layout, columns }, null)
}

/** Bytes that are no UTF-8 become U+FFFD, which the reader names; it skips a byte order mark itself. */
async function* textOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

function malformed(faults: readonly KeyFault[]): AppError {
  return new AppError('key_line_malformed', {
    issues: faults.slice(0, MOST_ISSUES).map(({ number, column, fault }) => ({ path: `${number}.${column}`, message: fault })),
  })
}
