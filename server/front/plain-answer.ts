import type { ServerResponse } from 'node:http'

/** A short answer in plain text. */
export function plainAnswer(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.end(text)
}
