/** One request as the tape keeps it: secrets masked, cookies left out. Instants in epoch milliseconds. */
export type TapeEntry = {
  readonly id: number
  readonly at: number
  readonly method: string
  readonly path: string
  readonly endpoint: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly form: Readonly<Record<string, string>>
  /** what was answered; 0 when the connection ended without an answer */
  readonly status: number
  readonly requestId: string
  readonly notes: readonly string[]
  readonly fault?: string
}

export type Tape = {
  add(entry: Omit<TapeEntry, 'id'>): void
  read(since?: number): TapeEntry[]
  clear(): void
}

const KEPT_HEADERS = ['host', 'content-type', 'content-length', 'accept', 'accept-encoding', 'user-agent', 'origin', 'x-request-id'] as const
const MASKED_HEADERS = ['authorization', 'key'] as const
/** Wide on purpose: an integration may send its secret under a name that nobody foresaw. */
const SECRET_FIELD = /secret|token|password|code|key|csrf|state|auth/i

/** A ring of the latest `limit` requests. */
export function createTape(limit: number): Tape {
  let entries: TapeEntry[] = []
  let lastId = 0
  return {
    add(entry) {
      lastId += 1
      entries.push({ id: lastId, ...entry })
      if (entries.length >= limit * 2) entries = entries.slice(-limit)
    },
    read: (since = 0) => entries.slice(-limit).filter((entry) => entry.id > since),
    clear: () => {
      entries = []
    },
  }
}

export function maskFields(fields: URLSearchParams | undefined): Record<string, string> {
  const masked: Record<string, string> = {}
  if (!fields) return masked
  for (const [name, value] of fields) masked[name.slice(0, 100)] = SECRET_FIELD.test(name) ? mask(value) : value.slice(0, 500)
  return masked
}

export function maskHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const masked: Record<string, string> = {}
  for (const name of KEPT_HEADERS) {
    const value = headers[name]
    if (typeof value === 'string') masked[name] = value
  }
  for (const name of MASKED_HEADERS) {
    const value = headers[name]
    if (typeof value === 'string') masked[name] = mask(value)
  }
  return masked
}

/** The last four characters of a secret that is long enough to spare them. */
function mask(value: string): string {
  return value.length >= 12 ? `•••${value.slice(-4)}` : '•••'
}
