import type { Environment, SeedApiClient } from './seed'
import { createTokenHolder, type TokenHolder } from './token-holder'

export const categories = ['CHECKIN_PROVIDER', 'BOOKING_ENGINE', 'CHANNEL_MANAGER', 'OTA', 'RMS', 'MODEL_CONTEXT_PROTOCOL'] as const
export type Category = (typeof categories)[number]
export type Permission = 'NONE' | 'READONLY' | 'READWRITE'

export type Permissions = Readonly<Record<'accommodation' | 'license' | 'cardDetail' | 'content' | 'reservation', Permission>>

/** The API account's configuration, in Octorate's spelling (API description: API configuration). */
export type ApiConfiguration = {
  environment: Environment
  redirectUri: readonly string[]
  category: Category | null
  icon: string | null
  secretVisibility: boolean
  applicationName: string
  description: Readonly<Record<string, string>>
  active: boolean
  authMethod: string
  authorizationPages: readonly string[]
  quotaLimit: number
  quotaStatus: number
  maintenance: boolean
  configName: string
  uniqueId: string
  buildNumber: string
  fiscalVersion: string
  reseller: Readonly<Record<string, string>>
  permissions: Permissions
}

/** Fields that PATCH may change; all others are read-only. */
export const writableFields = ['environment', 'redirectUri', 'category', 'icon', 'secretVisibility', 'applicationName', 'description'] as const

export type ApiClient = {
  readonly clientId: string
  readonly number: number
  clientSecret: string
  configuration: ApiConfiguration
  /** IPv4 addresses and blocks from which an admin token may call property data (guide, case 3) */
  addresses: readonly string[]
  readonly adminTokens: TokenHolder
}

/** A registered API client as Octorate would hold it; `number` is its place in the order of registration. */
export function createApiClient(seed: SeedApiClient, number: number): ApiClient {
  return {
    clientId: seed.clientId,
    number,
    clientSecret: seed.clientSecret,
    addresses: seed.addresses ?? [],
    adminTokens: createTokenHolder(),
    configuration: {
      environment: seed.environment,
      redirectUri: [...seed.redirectUris],
      category: null,
      icon: null,
      secretVisibility: false,
      applicationName: seed.name,
      description: {},
      active: true,
      authMethod: 'OAUTH',
      authorizationPages: [],
      quotaLimit: 100,
      quotaStatus: 0,
      maintenance: false,
      configName: seed.clientId,
      uniqueId: seed.clientId,
      buildNumber: '1',
      fiscalVersion: '1',
      reseller: {},
      permissions: {
        accommodation: 'READWRITE',
        license: 'NONE',
        cardDetail: 'NONE',
        content: 'READONLY',
        reservation: 'READWRITE',
      },
    },
  }
}
