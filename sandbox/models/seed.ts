export type Environment = 'SANDBOX' | 'PRODUCTION'

/** A lodging, with the fields of Octorate's accommodation list that the sandbox knows. `id` is digits, as a string. */
export type Accommodation = {
  readonly id: string
  readonly name: string
  readonly currency: string
  readonly timeZone: string
  readonly city: string
  readonly country: string
  readonly zip: string
  readonly latitude: number
  readonly longitude: number
}

/** Several lodgings that one account sees together; `root` is the id of the first among them. */
export type Network = {
  readonly id: string
  readonly name: string
  readonly root: string
  readonly accommodations: readonly string[]
}

export type Hotelier = {
  readonly username: string
  readonly password: string
  readonly name: string
  readonly email: string
  readonly accommodations: readonly string[]
  readonly network?: string
}

export type SeedApiClient = {
  readonly clientId: string
  readonly clientSecret: string
  readonly name: string
  readonly environment: Environment
  readonly redirectUris: readonly string[]
  /** IPv4 addresses and blocks for IP authentication (guide, case 3) */
  readonly addresses?: readonly string[]
}

/**
 * A key of Octorate's deprecated API (guide, integration strategies, 1): good for one lodging, and migrated into tokens
 * of this API client. A key may stand in several entries, and outlive its lodging and its API client.
 */
export type LegacyKey = { readonly key: string; readonly accommodation: string; readonly clientId: string }

/** What a fresh sandbox holds. A seed file has the same shape, as JSON. */
export type Seed = {
  readonly apiClients: readonly SeedApiClient[]
  readonly accommodations: readonly Accommodation[]
  readonly networks: readonly Network[]
  readonly hoteliers: readonly Hotelier[]
  readonly legacyKeys?: readonly LegacyKey[]
}
