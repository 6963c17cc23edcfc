import { AppError } from './app-error'

/**
 * Refuses a state-changing request that did not come from a page of this console: `Origin` must be ours, and
 * `Sec-Fetch-Site`, which every current browser sends, must say `same-origin`. Missing either is a refusal.
 */
export function requireSameOrigin(headers: Headers, publicUrl: string): void {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  if (origin !== new URL(publicUrl).origin || site !== 'same-origin') throw new AppError('cross_site_request')
}
