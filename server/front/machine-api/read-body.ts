import type { IncomingMessage } from 'node:http'
import type { MachineBody } from '@/contracts/define-machine-endpoint'
import { AppError } from '../../http/app-error'
import type { LineFormat } from './machine-call'

/** Bytes of a body by its kind. A form carries an id, a key and a handle. */
const MOST_BYTES = { json: 256 * 1024, ndjson: 16 * 1024 * 1024, form: 16 * 1024 } as const
const KIND_OF = new Map<string, Kind | 'csv'>([
  ['application/json', 'json'], ['application/x-ndjson', 'ndjson'], ['text/csv', 'csv'], ['application/x-www-form-urlencoded', 'form'],
])

type Kind = keyof typeof MOST_BYTES

/** @throws AppError `wrong_content_type` unless the request says that its body is of this kind. */
export function requireContentType(request: IncomingMessage, kind: Kind): void {
  if (kindOf(request) !== kind) throw new AppError('wrong_content_type')
}

/** How the lines of a body are written. @throws AppError `wrong_content_type` unless the endpoint takes such lines */
export function requireLineFormat(request: IncomingMessage, takes: MachineBody): LineFormat {
  const kind = kindOf(request)
  if (kind === 'ndjson' || (kind === 'csv' && takes === 'ndjson_or_csv')) return kind
  throw new AppError('wrong_content_type')
}

function kindOf({ headers }: IncomingMessage): Kind | 'csv' | undefined {
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  return KIND_OF.get(type.trim().toLowerCase())
}

/**
 * The body piece by piece.
 *
 * @throws AppError `body_too_large` as soon as there is more than the kind allows; `bad_request` when it breaks off.
 */
export async function* readChunks(request: IncomingMessage, kind: Kind): AsyncGenerator<Uint8Array, void, undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES[kind]) throw new AppError('body_too_large')
  let size = 0
  for await (const chunk of whole(request)) {
    size += chunk.byteLength
    if (size > MOST_BYTES[kind]) throw new AppError('body_too_large')
    yield chunk
  }
}

/** Who goes away in the middle of a body is no fault of ours, and must not fill the log with such. */
async function* whole(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* chunks
  } catch (cause) {
    throw new AppError('bad_request', { cause })
  }
}

/** The whole body as text. @throws AppError `body_too_large`, or `bad_request` when it is not UTF-8. */
export async function readText(request: IncomingMessage, kind: Kind): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of readChunks(request, kind)) chunks.push(chunk)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (cause) {
    throw new AppError('bad_request', { cause })
  }
}

/**
 * The text of a JSON body; empty where the endpoint takes none, or reads its lines itself. An endpoint that takes nothing
 * refuses bytes.
 */
export async function readJsonText(request: IncomingMessage, takes: MachineBody): Promise<string> {
  if (takes === 'json') requireContentType(request, 'json')
  if (takesLines(takes) || !hasBody(request)) return ''
  const text = await readText(request, 'json')
  if (takes === 'nothing' && text !== '') throw new AppError('bad_request')
  return text
}

/** The one JSON value of a body. @throws AppError `bad_request` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new AppError('bad_request', { cause })
  }
}

export function takesLines(takes: MachineBody): boolean {
  return takes === 'ndjson' || takes === 'ndjson_or_csv'
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}
