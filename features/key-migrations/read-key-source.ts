import { HEAD_CHARACTERS } from '@/lib/key-migrations/describe-key-file'
import type { KeyFault } from '@/lib/key-migrations/key-fault'
import { keyLineReader, type KeyFileLine, type KeyLayoutChoice } from '@/lib/key-migrations/key-line-reader'

/** What a person brings. It is read here, and sent nowhere before the start. */
export type KeySource = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'file'; readonly file: File }

const PIECE = 65_536
/** How long the page may be busy at a stretch. */
const BUSY_MS = 12

/** The beginning, by which the columns are told. */
export async function readHead(source: KeySource): Promise<string> {
  if (source.kind === 'text') return source.text.slice(0, HEAD_CHARACTERS)
  return decoder().decode(await source.file.slice(0, HEAD_CHARACTERS).arrayBuffer())
}

/** Reads every line, and lets the page answer to its person all the while. A line too many ends it. */
export async function readLines(source: KeySource, choice: KeyLayoutChoice, signal: AbortSignal): Promise<(KeyFileLine | KeyFault)[]> {
  const reader = keyLineReader(choice)
  const lines: (KeyFileLine | KeyFault)[] = []
  let busySince = performance.now()
  for await (const piece of piecesOf(source)) {
    signal.throwIfAborted()
    const read = reader.push(piece)
    lines.push(...read)
    if (read.some((line) => 'fault' in line && line.fault === 'too_many_lines')) return lines
    if (performance.now() - busySince > BUSY_MS) {
      await new Promise((resolve) => setTimeout(resolve))
      busySince = performance.now()
    }
  }
  return [...lines, ...reader.end()]
}

async function* piecesOf(source: KeySource): AsyncGenerator<string> {
  if (source.kind === 'text') {
    yield* cut(source.text)
    return
  }
  const decode = decoder()
  const bytes = source.file.stream().getReader()
  try {
    for (let next = await bytes.read(); !next.done; next = await bytes.read()) yield* cut(decode.decode(next.value, { stream: true }))
    yield decode.decode()
  } finally {
    await bytes.cancel()
  }
}

function* cut(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE)
}

/** Bytes that are no UTF-8 become U+FFFD, which the reader names. */
function decoder(): TextDecoder {
  return new TextDecoder('utf-8', { ignoreBOM: true })
}
