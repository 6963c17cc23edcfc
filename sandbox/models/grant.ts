import type { Scope } from './truth-event'
import type { TokenHolder } from './token-holder'

/** What a hotelier allowed one API client to do, from the redeemed code on. */
export type Grant = {
  readonly number: number
  readonly clientId: string
  readonly username: string
  readonly scope: Scope
  readonly createdAt: number
  readonly accessTokens: TokenHolder
  /** generation of the live refresh token; earlier ones are retired */
  refreshGeneration: number
  refreshRotatedAt: number
  revokedAt: number | undefined
}

/** An authorization code. `grant` is the number of the grant that it was redeemed for. */
export type Code = {
  readonly code: string
  readonly clientId: string
  readonly redirectUri: string
  readonly username: string
  readonly scope: Scope
  readonly issuedAt: number
  readonly expiresAt: number
  grant: number | undefined
}
