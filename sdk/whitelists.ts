import type { MachineApi } from './machine-api'
import { read } from './read-answer'
import type {
  AddressCheck, AdminToken, CallerAddress, IpWhitelist, IpWhitelistImport, IpWhitelistImported, NewIpWhitelistEntry, VerificationReport,
} from './whitelist-wire'

/** IP authentication, as the machine API tells it. */
export class Whitelists {
  readonly #api: MachineApi
  readonly #makeId: () => string

  constructor(api: MachineApi, makeId: () => string) {
    this.#api = api
    this.#makeId = makeId
  }

  async get(apiClientId: string): Promise<IpWhitelist> {
    return read<IpWhitelist>(await this.#api.call({ method: 'GET', path: pathOf(apiClientId), retries: true }), 'entries')
  }

  async add(apiClientId: string, { block, comment, owner, expires = null }: NewIpWhitelistEntry): Promise<IpWhitelist> {
    const json = { block, comment, owner, expires }
    const answer = await this.#api.call({ method: 'POST', path: `${pathOf(apiClientId)}/entries`, json, idempotencyKey: this.#makeId(), retries: true })
    return read<IpWhitelist>(answer, 'entries')
  }

  async remove(apiClientId: string, entryId: string, empty: boolean): Promise<IpWhitelist> {
    const path = `${pathOf(apiClientId)}/entries/${encodeURIComponent(entryId)}`
    return read<IpWhitelist>(await this.#api.call({ method: 'DELETE', path, query: { empty: String(empty) }, retries: false }), 'entries')
  }

  async check(apiClientId: string, address: string): Promise<AddressCheck> {
    return read<AddressCheck>(await this.#api.call({ method: 'GET', path: `${pathOf(apiClientId)}/check`, query: { address }, retries: true }), 'verdict')
  }

  async import(apiClientId: string, { format, text, mode, comment, dryRun, empty = false }: IpWhitelistImport): Promise<IpWhitelistImported> {
    const json = { format, text, mode, comment, dryRun, confirmation: { empty } }
    return read<IpWhitelistImported>(await this.#api.call({ method: 'POST', path: `${pathOf(apiClientId)}/import`, json, retries: dryRun }), 'lines')
  }

  async report(apiClientId: string, { propertyId, host, outcome, status, message, upstreamRequestId }: VerificationReport): Promise<IpWhitelist> {
    const json = { propertyId, host, outcome, status, message, upstreamRequestId }
    return read<IpWhitelist>(await this.#api.call({ method: 'POST', path: `${pathOf(apiClientId)}/verifications`, json, retries: false }), 'entries')
  }

  async getAdminToken(apiClientId: string): Promise<AdminToken> {
    const path = `/api-clients/${encodeURIComponent(apiClientId)}/admin-token`
    return read<AdminToken>(await this.#api.call({ method: 'GET', path, retries: true }), 'adminToken')
  }

  async getCallerAddress(): Promise<CallerAddress> {
    return read<CallerAddress>(await this.#api.call({ method: 'GET', path: '/caller-address', retries: true }), 'address')
  }
}

function pathOf(apiClientId: string): string {
  return `/api-clients/${encodeURIComponent(apiClientId)}/ip-whitelist`
}
