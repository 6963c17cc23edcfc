import type { RedirectUriState } from '@/contracts/redirect-uris'

/** What Octorate registers for every new API account (contract, "Case 1: the consent flow"); nothing answers there. */
export const DEFAULT_REDIRECT_URI = 'https://localhost'

/** Whether connects could go by Octorate's own default at once, because it is live and the one in use is not. */
export function offersDefaultUri({ inUse, live }: Pick<RedirectUriState, 'inUse' | 'live'>): boolean {
  return live !== null && live.uris.includes(DEFAULT_REDIRECT_URI) && !live.uris.includes(inUse)
}
