import type { z } from 'zod'
import type { ErrorCode } from '@/contracts/errors'
import { AppError } from './app-error'

/** Faults that are told of one request: more would help nobody. */
export const MOST_ISSUES = 100

interface Wish<S extends z.ZodType> {
  /** What each line must be. */
  readonly schema: S
  /** More lines than that are refused whole. */
  readonly most: number
  readonly malformed: ErrorCode
}

/**
 * Reads lines of JSON as they arrive, each as the contract says. Every line must be right, or none is taken: half a file
 * would have to be looked for.
 *
 * @throws AppError `malformed` that names line and field, never a value; `bad_request`, `body_too_large`.
 */
export async function readNdjson<S extends z.ZodType<object>>(
  chunks: AsyncIterable<Uint8Array>,
  { schema, most, malformed }: Wish<S>,
): Promise<(z.output<S> & { readonly number: number })[]> {
  const lines: (z.output<S> & { readonly number: number })[] = []
  const issues: { path: string; message: string }[] = []
  let number = 0
  for await (const text of textLines(chunks)) {
    number += 1
    if (text.trim() === '') continue
    if (lines.length >= most) throw new AppError('body_too_large')
    const parsed = schema.safeParse(parseJson(text))
    if (parsed.success) lines.push({ ...parsed.data, number })
    else issues.push(...parsed.error.issues.map(({ path, message }) => ({ path: [number, ...path].join('.'), message })))
    if (issues.length >= MOST_ISSUES) break
  }
  if (lines.length === 0 && issues.length === 0) issues.push({ path: '', message: 'holds no line' })
  if (issues.length > 0) throw new AppError(malformed, { issues: issues.slice(0, MOST_ISSUES) })
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
