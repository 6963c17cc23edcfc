import type { FaultRule } from '../control/fault-rules'
import type { ClockState } from './clock'
import type { Accommodation, Hotelier, Network, Seed, SeedApiClient } from './seed'
import type { SandboxSettings } from './settings'
import type { ApiConfiguration } from './api-client'

/** What a grant covers: single lodgings, or whatever a network holds at the time of the call. */
export type Scope = { readonly accommodations: readonly string[] } | { readonly network: string }

export type CodeRefusal = 'unknown' | 'expired' | 'used' | 'other-client' | 'redirect-uri-differs'
export type RefreshRefusal = 'unknown' | 'revoked' | 'retired' | 'reused' | 'other-client'
export type AccessRefusal = 'missing' | 'unknown' | 'expired' | 'ended' | 'revoked' | 'wrong-kind' | 'other-accommodation' | 'address-unlisted' | 'permission-missing'
export type MigrationRefusal = 'key-missing' | 'key-unknown' | 'other-accommodation' | 'migrated-before'

/**
 * One fact. One event is one line of the truth log, and everything that an operation does is in its one event, so a
 * torn line can lose an operation but never cut it in half. `grant` is the grant's number; `ends` names a grant that
 * this very event revokes.
 */
export type TruthEvent =
  | { readonly type: 'sandbox.seeded'; readonly seed: Seed; readonly settings: SandboxSettings }
  | { readonly type: 'snapshot.taken'; readonly name: string; readonly clock: ClockState; readonly faults: readonly FaultRule[] }
  | { readonly type: 'snapshot.restored'; readonly name: string; readonly clock: ClockState }
  | { readonly type: 'clock.changed'; readonly clock: ClockState }
  | { readonly type: 'settings.changed'; readonly settings: Partial<SandboxSettings> }
  | { readonly type: 'api-client.added'; readonly apiClient: SeedApiClient }
  | { readonly type: 'api-client.secret-changed'; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly type: 'configuration.changed'
      readonly clientId: string
      readonly by: 'admin-token' | 'control'
      readonly changes: Partial<ApiConfiguration>
    }
  | { readonly type: 'addresses.changed'; readonly clientId: string; readonly addresses: readonly string[] }
  | { readonly type: 'accommodation.changed'; readonly accommodation: Accommodation }
  | { readonly type: 'accommodation.deleted'; readonly accommodation: string }
  | {
      readonly type: 'accommodation.created'
      readonly clientId: string
      readonly accommodation: Accommodation
      /** the accounts that see it from now on, as they are from now on */
      readonly hoteliers: readonly Hotelier[]
      /** the network that it joined, as it is from now on */
      readonly network?: Network
      readonly grant: number
      /** a property that joins a network shares its grant, when there is one */
      readonly isNewGrant: boolean
      readonly username: string
      readonly scope: Scope
      readonly refreshToken: string
      readonly welcomeMail: boolean
      readonly access?: { readonly accessSequence: number; readonly accessToken: string; readonly accessExpiresAt: number }
    }
  | { readonly type: 'subscription.changed'; readonly clientId: string; readonly event: string; readonly url: string | null }
  | { readonly type: 'legacy-key.added'; readonly key: string; readonly accommodation: string; readonly clientId: string }
  | {
      readonly type: 'key.migrated'
      readonly key: string
      readonly accommodation: string
      readonly clientId: string
      readonly username: string
      readonly grant: number
      readonly refreshToken: string
      readonly accessToken: string
      readonly accessExpiresAt: number
      readonly ends?: number
    }
  | {
      readonly type: 'key.migrated-again'
      readonly key: string
      readonly accommodation: string
      readonly clientId: string
      readonly grant: number
      readonly refreshToken: string
      readonly accessSequence: number
      readonly accessToken: string
      readonly accessExpiresAt: number
      readonly earlierAccessEnds: boolean
    }
  | {
      readonly type: 'key-migration.refused'
      readonly key: string
      readonly accommodation: string
      readonly reason: MigrationRefusal
      readonly clientId?: string
    }
  | { readonly type: 'hotelier.password-changed'; readonly username: string; readonly password: string; readonly ends?: readonly number[] }
  | {
      readonly type: 'code.issued'
      readonly code: string
      readonly clientId: string
      readonly redirectUri: string
      readonly username: string
      readonly scope: Scope
      readonly expiresAt: number
    }
  | { readonly type: 'consent.refused'; readonly clientId: string; readonly redirectUri: string; readonly username: string }
  | {
      readonly type: 'code.redeemed'
      readonly code: string
      readonly clientId: string
      readonly grant: number
      readonly refreshToken: string
      readonly accessToken: string
      readonly accessExpiresAt: number
      readonly alsoEnds: readonly number[]
    }
  | {
      readonly type: 'code.refused'
      readonly code: string
      readonly clientId: string
      readonly reason: CodeRefusal
      readonly ends?: number
    }
  | {
      readonly type: 'token.refreshed'
      readonly clientId: string
      readonly grant: number
      readonly refreshToken: string
      readonly accessSequence: number
      readonly accessToken: string
      readonly accessExpiresAt: number
      readonly earlierAccessEnds: boolean
      readonly rotatedTo?: { readonly generation: number; readonly refreshToken: string }
    }
  | {
      readonly type: 'refresh.refused'
      readonly clientId: string
      readonly refreshToken: string
      readonly reason: RefreshRefusal
      readonly grant?: number
      readonly ends?: number
    }
  | {
      readonly type: 'admin-token.issued'
      readonly clientId: string
      readonly accessSequence: number
      readonly accessToken: string
      readonly accessExpiresAt: number
      readonly earlierAccessEnds: boolean
    }
  | { readonly type: 'credentials.refused'; readonly endpoint: string; readonly clientId: string }
  | { readonly type: 'identity-request.refused'; readonly endpoint: string; readonly clientId: string; readonly message: string }
  | { readonly type: 'access-token.used'; readonly clientId: string; readonly endpoint: string; readonly accessToken: string; readonly grant?: number }
  | {
      readonly type: 'access-token.refused'
      readonly endpoint: string
      readonly accessToken: string
      readonly reason: AccessRefusal
      readonly clientId?: string
      readonly grant?: number
    }
  | { readonly type: 'grant.revoked'; readonly clientId: string; readonly grant: number; readonly reason: string }
  | { readonly type: 'access-tokens.expired'; readonly clientId: string; readonly grant?: number }

/** An event as it stands in the log: numbered from 1 without gaps, `at` in epoch milliseconds of the sandbox's clock. */
export type TruthRecord = { readonly sequence: number; readonly at: number } & TruthEvent
