import { importLineInput } from '@/contracts/machine-api'
import { MOST_IMPORT_LINES } from '@/lib/imports/parse-import-text'
import { AppError } from '../http/app-error'
import type { NewLine } from './start-import'

/** Faults that are told of one request: more would help nobody. */
const MOST_ISSUES = 100

/**
 * Reads lines of JSON as they arrive, each as the contract says. Every line must be right, or none is taken: a half
 * import would have to be looked for.
 *
 * @throws AppError `import_line_malformed` that names line and field, never a value; `bad_request`, `body_too_large`.
 */
export async function readNdjson(chunks: AsyncIterable<Uint8Array>): Promise<NewLine[]> {
  const lines: NewLine[] = []
  const issues: { path: string; message: string }[] = []
  let number = 0
  for await (const text of textLines(chunks)) {
    number += 1
    if (text.trim() === '') continue
    if (lines.length >= MOST_IMPORT_LINES) throw new AppError('body_too_large')
    const parsed = importLineInput.safeParse(parseJson(text))
    if (parsed.success) lines.push({ ...parsed.data, number })
    else issues.push(...parsed.error.issues.map(({ path, message }) => ({ path: [number, ...path].join('.'), message })))
    if (issues.length >= MOST_ISSUES) break
  }
  if (lines.length === 0 && issues.length === 0) issues.push({ path: '', message: 'holds no line' })
  if (issues.length > 0) throw new AppError('import_line_malformed', { issues: issues.slice(0, MOST_ISSUES) })
  return lines
}

/** Undefined when it is no JSON, which no line may be. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const chunk of chunks) {
    const parts = (rest + decode(() => decoder.decode(chunk, { stream: true }))).split('\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
  const end = rest + decode(() => decoder.decode())
  if (end !== '') yield end
}

function decode(read: () => string): string {
  try {
    return read()
  } catch (cause) {
    throw new AppError('bad_request', { cause })
  }
}
