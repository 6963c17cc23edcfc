import { AppError } from './app-error'

const MOST_BYTES = 256 * 1024

/** Reads a JSON body of at most 256 KB, unless the endpoint takes more. No body at all counts as `{}`, for endpoints that take nothing. */
export async function readJsonBody(request: Request, mostBytes = MOST_BYTES): Promise<unknown> {
  const text = await readText(request, mostBytes)
  if (text === '') return {}
  const contentType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (contentType !== 'application/json') throw new AppError('wrong_content_type')
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new AppError('bad_request', { cause })
  }
}

async function readText(request: Request, mostBytes: number): Promise<string> {
  if (!request.body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > mostBytes) throw new AppError('body_too_large')
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (cause) {
    throw new AppError('bad_request', { cause })
  }
}
