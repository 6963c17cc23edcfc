import type { IncomingMessage } from 'node:http'

const BODY_LIMIT_BYTES = 65_536
const nothing = Buffer.alloc(0)

/** The whole body, or `undefined` when it is larger than 64 KB. Rejects when the client goes away. */
export function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= BODY_LIMIT_BYTES) chunks.push(chunk)
      else resolve(undefined)
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0] ?? nothing : Buffer.concat(chunks)))
    request.on('error', reject)
    request.on('close', () => reject(new Error('the client went away')))
  })
}
