import type { IncomingMessage } from 'node:http'

/** What a request of Octorate's may hold. */
const BODY_LIMIT_BYTES = 65_536
const nothing = Buffer.alloc(0)

/** The whole body, or `undefined` when it is larger than the limit (64 KB unless given). Rejects when the client goes away. */
export function readBody(request: IncomingMessage, limitBytes = BODY_LIMIT_BYTES): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limitBytes) chunks.push(chunk)
      else resolve(undefined)
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0] ?? nothing : Buffer.concat(chunks)))
    request.on('error', reject)
    request.on('close', () => reject(new Error('the client went away')))
  })
}
