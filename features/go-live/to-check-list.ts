import type { ApiClientDetail, Strategy } from '@/contracts/api-clients'
import type { Letter } from '@/contracts/letters'
import type { RedirectUriState } from '@/contracts/redirect-uris'

export const STEPS = ['saved', 'admin_token', 'redirect_uri', 'first_connection', 'all_uris', 'production_requested', 'production'] as const
export type StepName = (typeof STEPS)[number]
export interface CheckStep {
  readonly name: StepName
  readonly status: 'pass' | 'pending' | 'warn'
}

interface Facts {
  readonly strategy: Strategy | null
  readonly apiClient: Pick<ApiClientDetail, 'adminToken' | 'connectionCount' | 'environment'>
  readonly uris: Pick<RedirectUriState, 'inUse' | 'live' | 'wanted'>
  readonly letters: readonly Pick<Letter, 'kind' | 'state'>[]
  /** ISO instant. */
  readonly now: string
}

/** Ticks itself off by what is so, not by what somebody clicked. Who creates every property needs no redirect URI. */
export function toCheckList({ strategy, apiClient, uris, letters, now }: Facts): CheckStep[] {
  const { adminToken, connectionCount, environment } = apiClient
  const live = uris.live?.uris ?? []
  const isProduction = uris.live?.environment === 'PRODUCTION'
  const isRequested = isProduction || letters.some(({ kind, state }) => kind === 'production' && state !== 'drafted')
  const done: Record<StepName, CheckStep['status']> = {
    saved: 'pass',
    admin_token: adminToken === null ? 'pending' : adminToken.expiresAt > now ? 'pass' : 'warn',
    redirect_uri: live.includes(uris.inUse) ? 'pass' : uris.live === null ? 'pending' : 'warn',
    first_connection: connectionCount > 0 ? 'pass' : 'pending',
    all_uris: uris.live !== null && uris.wanted.every(({ uri }) => live.includes(uri)) ? 'pass' : 'pending',
    production_requested: isRequested ? 'pass' : 'pending',
    production: !isProduction ? 'pending' : environment === 'PRODUCTION' ? 'pass' : 'warn',
  }
  const needsConsent = strategy !== 'new_properties'
  return STEPS.filter((name) => needsConsent || (name !== 'redirect_uri' && name !== 'all_uris')).map((name) => ({ name, status: done[name] }))
}
