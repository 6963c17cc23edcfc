import type { MachineApi } from './machine-api'
import { read } from './read-answer'
import type { Connection, ConnectionStatus, ImportLine, ImportProgress, ImportReport } from './wire'

export interface ConnectionFilter {
  readonly status?: ConnectionStatus
  /** Octorate's id of a property. */
  readonly propertyId?: string
}

export interface ImportOne extends ImportLine {
  readonly apiClientId: string
  /** Whether one refresh proves the token, which may end the access token that the other system holds; true unless given. */
  readonly probe?: boolean
}

export interface ImportMany {
  readonly apiClientId: string
  readonly name?: string
  /** As in `importConnection`. */
  readonly probe?: boolean
}

export interface CompleteAuthorization {
  readonly apiClientId: string
  readonly code: string
  /** Exactly the one that consent was asked with. */
  readonly redirectUri: string
}

const PAGE = 200

/** Connections and imports, as the machine API tells them. */
export class Records {
  readonly #api: MachineApi
  readonly #makeId: () => string

  constructor(api: MachineApi, makeId: () => string) {
    this.#api = api
    this.#makeId = makeId
  }

  async *list({ status, propertyId }: ConnectionFilter): AsyncGenerator<Connection> {
    let cursor: string | undefined
    do {
      const page = read<{ items: Connection[]; nextCursor: string | null }>(
        await this.#api.call({ method: 'GET', path: '/connections', query: { status, property: propertyId, cursor, limit: PAGE }, retries: true }),
        'items',
      )
      yield* page.items
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
  }

  async get(id: string): Promise<Connection> {
    return read<Connection>(await this.#api.call({ method: 'GET', path: connectionPath(id), retries: true }), 'id')
  }

  async refresh(id: string): Promise<{ connectionId: string; accessExpiresAt: string }> {
    const answer = await this.#api.call({ method: 'POST', path: `${connectionPath(id)}/refresh`, retries: true })
    return read<{ connectionId: string; accessExpiresAt: string }>(answer, 'accessExpiresAt')
  }

  async disconnect(id: string): Promise<Connection> {
    return read<Connection>(await this.#api.call({ method: 'DELETE', path: connectionPath(id), retries: false }), 'properties')
  }

  async importOne({ apiClientId, refreshToken, propertyId, name, probe }: ImportOne) {
    const answer = await this.#api.call({
      method: 'POST',
      path: '/connections/import',
      json: { apiClientId, refreshToken, propertyId, name, probe },
      idempotencyKey: this.#makeId(),
      retries: true,
    })
    return read<{ outcome: 'stored' | 'duplicate'; connection: Connection }>(answer, 'connection')
  }

  async importMany(lines: Iterable<ImportLine>, { apiClientId, name, probe }: ImportMany): Promise<ImportProgress> {
    const text = Array.from(lines, ({ refreshToken, propertyId, name }) => JSON.stringify({ refreshToken, propertyId, name }))
    const answer = await this.#api.call({
      method: 'POST',
      path: '/imports',
      query: { apiClientId, name, probe: probe === undefined ? undefined : String(probe) },
      lines: { type: 'application/x-ndjson', text: `${text.join('\n')}\n` },
      retries: true,
    })
    return read<ImportProgress>(answer, 'counts')
  }

  async getImport(id: string): Promise<ImportReport> {
    return read<ImportReport>(await this.#api.call({ method: 'GET', path: `/imports/${encodeURIComponent(id)}`, retries: true }), 'lines')
  }

  async completeAuthorization({ apiClientId, code, redirectUri }: CompleteAuthorization): Promise<Connection> {
    const json = { apiClientId, code, redirectUri }
    return read<Connection>(await this.#api.call({ method: 'POST', path: '/authorizations/complete', json, retries: false }), 'id')
  }
}

function connectionPath(id: string): string {
  return `/connections/${encodeURIComponent(id)}`
}
