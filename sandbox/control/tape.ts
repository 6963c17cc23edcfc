import type { IncomingHttpHeaders } from 'node:http'
import type { LintNote } from '../lint/note'
import type { State } from '../models/state'
import { maskFields, maskHeaders, maskJson, maskSecrets, type Mask } from './mask'

/** One request as the tape shows it: secrets masked, cookies left out. Instants in epoch milliseconds. */
export type TapeEntry = {
  readonly id: number
  readonly at: number
  readonly method: string
  readonly path: string
  readonly endpoint: string
  /** whose request it was, by its bearer or its own word; empty when nobody can tell */
  readonly clientId: string
  readonly remoteAddress: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly form: Readonly<Record<string, string>>
  /** a JSON body, masked; empty for a form and for no body */
  readonly body: string
  /** what was answered; 0 when the connection ended without an answer */
  readonly status: number
  /** a JSON answer, masked; empty for pages */
  readonly answer: string
  readonly requestId: string
  readonly notes: readonly LintNote[]
  readonly fault?: string
  /** the entry that this request repeated */
  readonly replayOf?: number
}

/** One request as it came, but for its cookies: enough to send it again. */
export type RecordedRequest = {
  readonly at: number
  readonly method: string
  readonly path: string
  readonly rawQuery: string
  readonly endpoint: string
  readonly clientId: string
  readonly remoteAddress: string
  readonly headers: IncomingHttpHeaders
  readonly form: URLSearchParams | undefined
  readonly body: Buffer
  readonly status: number
  readonly answer: { readonly contentType: string; readonly body: string | Buffer }
  readonly requestId: string
  readonly notes: readonly LintNote[]
  readonly fault?: string
  readonly replayOf?: number
}

export type Tape = {
  /** the number of the new entry */
  add(request: RecordedRequest): number
  read(since?: number): TapeEntry[]
  /** an entry as it came, while the ring holds it */
  recorded(id: number): RecordedRequest | undefined
  /** the entry with those secrets in clear that are the sandbox's own; others stay masked */
  withOwnSecrets(id: number): TapeEntry | undefined
  clear(): void
}

/** A ring of the latest `limit` requests. Masking waits until somebody looks, because most are never looked at. */
export function createTape(limit: number, state: State): Tape {
  let entries: (RecordedRequest & { readonly id: number })[] = []
  let lastId = 0
  const find = (id: number) => entries.slice(-limit).find((entry) => entry.id === id)
  return {
    add(request) {
      lastId += 1
      entries.push({ id: lastId, ...request })
      if (entries.length >= limit * 2) entries = entries.slice(-limit)
      return lastId
    },
    read: (since = 0) =>
      entries
        .slice(-limit)
        .filter((entry) => entry.id > since)
        .map((entry) => show(entry, maskSecrets)),
    recorded: find,
    withOwnSecrets(id) {
      const entry = find(id)
      return entry && show(entry, (name, value) => (isOwnSecret(state, value) ? value : maskSecrets(name, value)))
    },
    clear: () => {
      entries = []
    },
  }
}

/** Headers as the tape keeps them: never a cookie. */
export function withoutCookies(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  if (headers.cookie === undefined && headers['proxy-authorization'] === undefined) return headers
  const { cookie: _, 'proxy-authorization': __, ...kept } = headers
  return kept
}

function show(entry: RecordedRequest & { readonly id: number }, mask: Mask): TapeEntry {
  const { rawQuery, headers, form, body, answer, ...plain } = entry
  return {
    ...plain,
    query: maskFields(new URLSearchParams(rawQuery), mask),
    headers: maskHeaders(headers, mask),
    form: maskFields(form, mask),
    body: form || body.length === 0 ? '' : maskJson(body.toString('utf8'), mask),
    answer: answer.contentType.startsWith('application/json') ? maskJson(answer.body.toString(), mask) : '',
  }
}

/** Worth nothing outside this sandbox: what it issued itself, and the secrets that it was seeded with. */
function isOwnSecret(state: State, value: string): boolean {
  if (/^sbx_[\w-]+$/.test(value)) return true
  for (const { clientSecret } of state.apiClients.values()) if (clientSecret === value) return true
  for (const { key } of state.legacyKeys.values()) if (key === value) return true
  return false
}
