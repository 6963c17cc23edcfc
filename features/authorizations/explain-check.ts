import type { Preflight } from '@/contracts/api-clients'
import { showInvisible } from '@/lib/text/show-invisible'

type Check = Preflight['checks'][number]

/** The explanations that are written, by check and reason. */
const KNOWN = [
  'upstream.ok', 'upstream.not_configured',
  'redirect_uri_rule.ok', 'redirect_uri_rule.loopback_http', 'redirect_uri_rule.loopback', 'redirect_uri_rule.not_https',
  'redirect_uri_rule.fragment', 'redirect_uri_rule.wildcard', 'redirect_uri_rule.userinfo', 'redirect_uri_rule.not_absolute',
  'redirect_uri_rule.bad_character', 'redirect_uri_rule.reserved_parameter', 'redirect_uri_rule.not_canonical',
  'admin_token.ok', 'admin_token.obtained', 'admin_token.refused', 'admin_token.unreachable', 'admin_token.quota',
  'admin_token.wrong_environment', 'admin_token.permission_missing', 'admin_token.not_checked',
  'redirect_uri_registered.ok', 'redirect_uri_registered.not_registered', 'redirect_uri_registered.near_miss',
  'redirect_uri_registered.not_checked',
  'environment.ok', 'environment.differs', 'environment.not_checked',
  'clock.ok', 'clock.skewed', 'clock.not_checked',
] as const

export type Explanation = (typeof KNOWN)[number] | `other.${Check['result']}`

/** Which explanation fits a check; a reason that no one has written about gets the one for its result. */
export function explanationOf({ id, reason, result }: Check): Explanation {
  return KNOWN.find((known) => known === `${id}.${reason}`) ?? `other.${result}`
}

/** The values that explanations name, each there even when the server sent none, and fit to be shown. */
export function explanationValues({ reason, values }: Check) {
  const shown = (name: string) => showInvisible(values[name] ?? '?', MOST_CHARACTERS)
  return {
    reason: showInvisible(reason, MOST_CHARACTERS),
    ours: shown('ours'),
    theirs: shown('theirs'),
    seconds: shown('seconds').replace(/^-/, ''),
  }
}

const MOST_CHARACTERS = 100

export type NearMiss = { sent: Split; nearest: Split; position: number }
type Split = { same: string; rest: string }

/** Our redirect URI beside the one that Octorate has, split where they begin to differ; null when that is not the matter. */
export function nearMissOf({ reason, values }: Check): NearMiss | null {
  const { sent, nearest, position } = values
  const at = Number(position)
  if (reason !== 'near_miss' || sent === undefined || nearest === undefined || !Number.isInteger(at) || at < 0) return null
  return { sent: split(sent, at), nearest: split(nearest, at), position: at + 1 }
}

function split(text: string, at: number): Split {
  return { same: showInvisible(text.slice(0, at)), rest: showInvisible(text.slice(at)) }
}
