import type { Exchange } from '@/contracts/exchange'
import { showInvisible } from '@/lib/text/show-invisible'

const MOST_CHARACTERS = 8_000

/** A masked request as it went over the wire, more or less: method and address, headers, fields of the form or JSON. */
export function requestText({ method, url, requestHeaders, requestForm, requestJson }: Exchange): string {
  return join([`${method} ${url}`, ...pairs(requestHeaders, ': ')], requestJson ? requestJson.split('\n') : pairs(requestForm ?? {}, '='))
}

/** The masked answer: status, headers, body; null when none came. */
export function answerText({ status, responseHeaders, responseBody }: Exchange): string | null {
  if (status === null) return null
  return join([String(status), ...pairs(responseHeaders, ': ')], (responseBody ?? '').split(/\r?\n/))
}

function pairs(values: Readonly<Record<string, string>>, between: string): string[] {
  return Object.entries(values).map(([name, value]) => `${name}${between}${value}`)
}

function join(head: readonly string[], body: readonly string[]): string {
  const lines = body.some((line) => line !== '') ? [...head, '', ...body] : head
  return lines.map((line) => showInvisible(line, MOST_CHARACTERS)).join('\n')
}
