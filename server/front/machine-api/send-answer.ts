import type { ServerResponse } from 'node:http'

export interface MachineAnswer {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  /** It says "try again" by its body, though not by its status. */
  readonly isPassing?: boolean
}

const JSON_TYPE = 'application/json'

/**
 * Writes an answer straight to the socket, beside the headers that the front has set. A `Response` would be read back
 * through a stream on its way there, which costs more than everything else that a hand-out does in this process.
 */
export function sendAnswer(response: ServerResponse, { status, body, headers = {} }: MachineAnswer): void {
  response.writeHead(status, { 'content-type': JSON_TYPE, ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
