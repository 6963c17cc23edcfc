import 'server-only'
import { logIn } from '../admin-tokens/log-in'
import type { Gateway } from '../octorate/gateway-to'
import { AppError } from '../http/app-error'
import { getRuntime, once } from '../runtime'

/** What ApiLogin said of an API client: its id and secret are good, they are not, or it could not be asked. */
export type LoginVerdict =
  | { readonly verdict: 'accepted' }
  | { readonly verdict: 'refused'; readonly error: AppError }
  | { readonly verdict: 'unknown'; readonly error: unknown }

interface Kept {
  readonly at: number
  readonly verdict: Promise<LoginVerdict>
}

/** One log-in answers for all grants of the API client that are refused within this. */
const KEPT_MS = 30_000

/** Asks ApiLogin whether the API client itself is at fault; once for all who ask within half a minute. */
export async function loginVerdict(gateway: Gateway): Promise<LoginVerdict> {
  const kept = once('login verdicts', () => new WeakMap<Gateway, Kept>())
  const now = getRuntime().clock().getTime()
  const known = kept.get(gateway)
  if (known && now >= known.at && now - known.at < KEPT_MS) return known.verdict
  const verdict = ask(gateway)
  kept.set(gateway, { at: now, verdict })
  const result = await verdict
  // Whoever could not be asked is asked again by the next.
  if (result.verdict === 'unknown') kept.delete(gateway)
  return result
}

async function ask(gateway: Gateway): Promise<LoginVerdict> {
  try {
    await logIn(gateway)
    return { verdict: 'accepted' }
  } catch (error) {
    if (error instanceof AppError && error.code === 'api_client_refused') return { verdict: 'refused', error }
    return { verdict: 'unknown', error }
  }
}
