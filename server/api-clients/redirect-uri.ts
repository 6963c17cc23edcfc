import 'server-only'
import { callbackPath } from '@/contracts/paths'
import { checkRedirectUri } from '@/lib/oauth/redirect-uri-rules'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'

/** Our own callback for an API client: one path each, so that a state of one is of no use at another. */
export function callbackUri(apiClientId: string): string {
  return `${getRuntime().publicUrl}${callbackPath(apiClientId)}`
}

/** The redirect URI that connects of this API client use, and how the answer comes back. */
export function redirectUriOf(apiClient: { id: string; foreignRedirectUri: string | null }): {
  redirectUri: string
  mode: 'redirect' | 'paste'
} {
  const { id, foreignRedirectUri } = apiClient
  return foreignRedirectUri ? { redirectUri: foreignRedirectUri, mode: 'paste' } : { redirectUri: callbackUri(id), mode: 'redirect' }
}

/**
 * What to store for a redirect URI that a person chose: null when it is ours.
 *
 * @throws AppError `invalid_input` naming the rule that it breaks.
 */
export function toForeignRedirectUri(apiClientId: string, chosen: string | undefined, allowLoopbackHttp: boolean): string | null {
  if (chosen === undefined || chosen === callbackUri(apiClientId)) return null
  const broken = checkRedirectUri(chosen, { allowLoopbackHttp }).filter((finding) => finding.level === 'error')
  if (broken.length === 0) return chosen
  throw new AppError('invalid_input', { issues: broken.map(({ code }) => ({ path: 'redirectUri', message: code })) })
}
