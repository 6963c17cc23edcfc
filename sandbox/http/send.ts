import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Answer } from './exchange'

/** The headers that every answer has, then the answer's own. `Date` follows the sandbox's clock. */
export function headersFor(answer: Answer, now: number, extra: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return {
    date: httpDate(now),
    'content-type': answer.contentType,
    'cache-control': 'no-store',
    ...extra,
    ...answer.headers,
  }
}

export function send(response: ServerResponse, answer: Answer, headers: OutgoingHttpHeaders): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body
  response.sendDate = false
  response.writeHead(answer.status, { 'content-length': body.length, ...headers })
  response.end(body)
}

let shownSecond = Number.NaN
let shownText = ''

function httpDate(now: number): string {
  const second = Math.floor(now / 1000)
  if (second !== shownSecond) {
    shownSecond = second
    shownText = new Date(second * 1000).toUTCString()
  }
  return shownText
}
