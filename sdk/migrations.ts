import type { Lines, MachineApi } from './machine-api'
import type { Migration, MigrationCheck, MigrationLine, MigrationLineState, OldKeys, StartMigration } from './migration-wire'
import { notKeyrack } from './to-error'
import { read } from './read-answer'

const PAGE = 1_000

/** Migrations of old keys, as the machine API tells them. */
export class Migrations {
  readonly #api: MachineApi

  constructor(api: MachineApi) {
    this.#api = api
  }

  async check(keys: OldKeys, apiClientId: string): Promise<MigrationCheck> {
    const answer = await this.#api.call({ method: 'POST', path: '/migrations/check', query: { apiClientId }, lines: linesOf(keys), retries: true })
    return read<MigrationCheck>(answer, 'items')
  }

  async start(keys: OldKeys, { apiClientId, name, perSecond }: StartMigration): Promise<Migration> {
    const query = { apiClientId, name, perSecond }
    return read<Migration>(await this.#api.call({ method: 'POST', path: '/migrations', query, lines: linesOf(keys), retries: true }), 'counts')
  }

  async get(id: string): Promise<Migration> {
    return read<Migration>(await this.#api.call({ method: 'GET', path: pathOf(id), retries: true }), 'counts')
  }

  async *lines(id: string, state: MigrationLineState | undefined): AsyncGenerator<MigrationLine> {
    for (let offset = 0; ; offset += PAGE) {
      const answer = await this.#api.call({ method: 'GET', path: `${pathOf(id)}/lines`, query: { state, offset, limit: PAGE }, retries: true })
      const { items } = read<{ items: MigrationLine[] }>(answer, 'items')
      yield* items
      if (items.length < PAGE) return
    }
  }

  async report(id: string): Promise<string> {
    const { body } = await this.#api.call({ method: 'GET', path: `${pathOf(id)}/report`, reads: 'text/csv', retries: true })
    if (typeof body !== 'string') throw notKeyrack(200)
    return body
  }

  /** Sent once: the second of two would be refused, because the first has been done. */
  async act(id: string, verb: 'pause' | 'resume' | 'retry' | 'cancel'): Promise<Migration> {
    return read<Migration>(await this.#api.call({ method: 'POST', path: `${pathOf(id)}/${verb}`, retries: false }), 'counts')
  }
}

function linesOf(keys: OldKeys): Lines {
  if ('csv' in keys) return { type: 'text/csv', text: keys.csv }
  if ('ndjson' in keys) return { type: 'application/x-ndjson', text: keys.ndjson }
  const texts = Array.from(keys, ({ key, propertyId, name }) => `${JSON.stringify({ key, propertyId, name })}\n`)
  return { type: 'application/x-ndjson', text: texts.join('') }
}

function pathOf(id: string): string {
  return `/migrations/${encodeURIComponent(id)}`
}
