import type { Grant } from './grant'
import { legacyKeyId } from './legacy-key'
import type { State } from './state'
import { createTokenHolder, type TokenHolder } from './token-holder'
import type { TruthRecord } from './truth-event'

/** A code is remembered for this long after it expired, so that a late second use is still told from a made-up one. */
const CODE_MEMORY_MS = 600_000

export function issueCode(state: State, record: TruthRecord & { type: 'code.issued' }): void {
  forgetOldCodes(state, record.at)
  const { code, clientId, redirectUri, username, scope, expiresAt } = record
  state.codes.set(code, { code, clientId, redirectUri, username, scope, issuedAt: record.at, expiresAt, grant: undefined })
}

export function redeem(state: State, record: TruthRecord & { type: 'code.redeemed' }): void {
  const code = state.codes.get(record.code)
  if (!code) return
  code.grant = record.grant
  for (const each of record.alsoEnds) end(state, each, record.at)
  const { clientId, username, scope } = code
  add(state, { number: record.grant, clientId, username, scope, createdAt: record.at, accessExpiresAt: record.accessExpiresAt })
}

type NewGrant = Pick<Grant, 'number' | 'clientId' | 'username' | 'scope' | 'createdAt'> & { readonly accessExpiresAt?: number }

/** A grant with its first refresh token, and with its first access token when that has an end. */
export function add(state: State, { accessExpiresAt, ...grant }: NewGrant): void {
  state.grants[grant.number - 1] = {
    ...grant,
    accessTokens: { ...createTokenHolder(), ...(accessExpiresAt !== undefined && { latest: 1, latestExpiresAt: accessExpiresAt }) },
    refreshGeneration: 1,
    refreshRotatedAt: grant.createdAt,
    revokedAt: undefined,
  }
}

/** The key lives on; the grant is what the migration of its property is known by. */
export function migrate(state: State, record: TruthRecord & { type: 'key.migrated' }): void {
  const { key, accommodation, clientId, username, grant, accessExpiresAt, at } = record
  const legacyKey = state.legacyKeys.get(legacyKeyId(key, accommodation))
  if (legacyKey) legacyKey.grant = grant
  end(state, record.ends, at)
  add(state, { number: grant, clientId, username, scope: { accommodations: [accommodation] }, createdAt: at, accessExpiresAt })
}

export function refresh(state: State, record: TruthRecord & { type: 'token.refreshed' }): void {
  const grant = state.grants[record.grant - 1]
  if (!grant) return
  issueAccess(grant.accessTokens, record)
  if (!record.rotatedTo) return
  grant.refreshGeneration = record.rotatedTo.generation
  grant.refreshRotatedAt = record.at
}

type Issue = { readonly accessSequence: number; readonly accessExpiresAt: number; readonly earlierAccessEnds: boolean }

export function issueAccess(holder: TokenHolder | undefined, record: Issue): void {
  if (!holder) return
  holder.latest = record.accessSequence
  holder.latestExpiresAt = record.accessExpiresAt
  if (record.earlierAccessEnds) holder.endedThrough = record.accessSequence - 1
}

export function expireAccess(state: State, whose: { readonly clientId: string; readonly grant?: number }): void {
  const holder = whose.grant === undefined ? state.apiClients.get(whose.clientId)?.adminTokens : state.grants[whose.grant - 1]?.accessTokens
  if (holder) holder.expiredThrough = holder.latest
}

export function end(state: State, number: number | undefined, at: number): void {
  const grant = number === undefined ? undefined : state.grants[number - 1]
  if (grant) grant.revokedAt ??= at
}

/** Codes stand in the order of their issue, so the old ones are in front. */
function forgetOldCodes(state: State, now: number): void {
  for (const code of state.codes.values()) {
    if (code.expiresAt + CODE_MEMORY_MS > now) return
    state.codes.delete(code.code)
  }
}
