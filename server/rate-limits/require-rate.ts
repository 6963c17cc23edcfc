import 'server-only'
import { countCall, type RateWindow } from '@/lib/rate-window'
import { RecentMap } from '@/lib/recent-map'
import { AppError } from '../http/app-error'
import { getRuntime, once } from '../runtime'

const WINDOW_MS = 60_000
const MOST_KEYS = 20_000

/**
 * Counts one call of a machine key, in this process. The headers say how many are left (RateLimit header fields for
 * HTTP, draft-ietf-httpapi-ratelimit-headers); none when nothing is counted.
 *
 * @param setHeader is called before anything is thrown, so that a refusal carries them too
 * @throws AppError `rate_limited` with the seconds until the window ends
 */
export function requireRate(keyId: string, setHeader: (name: string, value: string) => void): void {
  const { env, clock } = getRuntime()
  const calls = env.KEYRACK_MACHINE_RATE
  if (calls === 0) return
  const windows = once('rates of machine keys', () => new RecentMap<string, RateWindow>(MOST_KEYS))
  const verdict = countCall(windows.get(keyId), { calls, windowMs: WINDOW_MS }, clock().getTime())
  windows.set(keyId, verdict.window)
  setHeader('RateLimit-Policy', `"key";q=${calls};w=${WINDOW_MS / 1000}`)
  setHeader('RateLimit', `"key";r=${verdict.remaining};t=${verdict.resetSeconds}`)
  if (!verdict.isAllowed) throw new AppError('rate_limited', { retryAfterSeconds: verdict.resetSeconds })
}
