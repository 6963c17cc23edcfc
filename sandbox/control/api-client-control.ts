import { ControlRefusal } from './control-refusal'
import type { ApiClient, ApiConfiguration } from '../models/api-client'
import { parseIpv4Range } from '../models/ipv4-range'
import { assertFields, refuseReal, seedShapes } from '../models/parse-seed'
import type { Environment, SeedApiClient } from '../models/seed'
import type { World } from '../models/world'

export type ApiClientView = {
  readonly clientId: string
  readonly clientSecret: string
  readonly environment: Environment
  readonly redirectUris: readonly string[]
}

export type ApiClientControl = {
  apiClients(): ApiClientView[]
  addApiClient(apiClient: NewApiClient): Promise<ApiClientView>
  /** from then on only the new secret is taken; tokens live on */
  changeClientSecret(clientId: string, clientSecret: string): Promise<ApiClientView>
  /** the addresses from which its admin tokens may call property data (guide, case 3) */
  addresses(clientId: string): readonly string[]
  /** replaces that list: IPv4 addresses and CIDR blocks; there is no such call at Octorate, who changes it on request */
  changeAddresses(clientId: string, addresses: readonly string[]): Promise<readonly string[]>
  configuration(clientId: string): ApiConfiguration
  /** changes any field, read-only ones included, as Octorate's own staff could */
  changeConfiguration(clientId: string, changes: Partial<ApiConfiguration>): Promise<ApiConfiguration>
}

/** `environment` is SANDBOX, `redirectUris` Octorate's default `https://localhost`, `name` the id, unless given. */
export type NewApiClient = Pick<SeedApiClient, 'clientId' | 'clientSecret'> & Partial<SeedApiClient>

export function createApiClientControl(world: World): ApiClientControl {
  const get = (clientId: string): ApiClient => {
    const apiClient = world.state.apiClients.get(clientId)
    if (!apiClient) throw new ControlRefusal(404, `There is no API client ${clientId}`)
    return apiClient
  }
  return {
    apiClients: () => [...world.state.apiClients.values()].map(viewApiClient),
    async addApiClient(wanted) {
      const apiClient = { environment: 'SANDBOX' as const, redirectUris: ['https://localhost'], name: wanted.clientId, ...wanted }
      assertFields(apiClient, seedShapes.apiClients, 'apiClient')
      refuseReal(apiClient.clientSecret, `API client ${apiClient.clientId}`)
      if (world.state.apiClients.has(apiClient.clientId)) throw new ControlRefusal(409, `${apiClient.clientId} exists already`)
      world.record({ type: 'api-client.added', apiClient })
      await world.log.durable()
      return viewApiClient(get(apiClient.clientId))
    },
    async changeClientSecret(clientId, clientSecret) {
      get(clientId)
      if (clientSecret === '') throw new ControlRefusal(400, 'clientSecret: expected a text')
      refuseReal(clientSecret, `API client ${clientId}`)
      world.record({ type: 'api-client.secret-changed', clientId, clientSecret })
      await world.log.durable()
      return viewApiClient(get(clientId))
    },
    addresses: (clientId) => get(clientId).addresses,
    async changeAddresses(clientId, addresses) {
      get(clientId)
      for (const each of addresses) parseIpv4Range(each)
      world.record({ type: 'addresses.changed', clientId, addresses })
      await world.log.durable()
      return get(clientId).addresses
    },
    configuration: (clientId) => get(clientId).configuration,
    async changeConfiguration(clientId, changes) {
      const unknown = Object.keys(changes).find((name) => !Object.hasOwn(get(clientId).configuration, name))
      if (unknown !== undefined) throw new ControlRefusal(400, `${unknown}: there is no such field`)
      if (changes.redirectUri !== undefined && !Array.isArray(changes.redirectUri)) throw new ControlRefusal(400, 'redirectUri: expected a list')
      world.record({ type: 'configuration.changed', clientId, by: 'control', changes })
      await world.log.durable()
      return get(clientId).configuration
    },
  }
}

/** An API client as the sandbox announces it, secret included: it is worth nothing elsewhere. */
export function viewApiClient({ clientId, clientSecret, configuration }: ApiClient): ApiClientView {
  return { clientId, clientSecret, environment: configuration.environment, redirectUris: configuration.redirectUri }
}
