import { faultOfToken } from './fault-of-text'
import type { CellFault, KeyFaultCode } from './key-fault'
import { LONGEST_KEY_VALUE, SHORTEST_KEY } from './key-limits'

/** In the order in which they are looked for: what says most about the mistake comes first. */
const RULES: readonly (readonly [KeyFaultCode, (key: string) => boolean])[] = [
  ['key_missing', (key) => key === ''],
  ['key_placeholder', (key) => /^(n\/?a|null|none|nil|undefined|missing|todo|tbd|-+|\?+|<[^>]*>|your[ _-]?(api[ _-]?)?key)$/i.test(key)],
  ['key_url', (key) => /^([a-z][a-z0-9+.-]*:\/\/|www\.)/i.test(key)],
  ['key_with_prefix', (key) => /^((bearer|basic|token)\s|((x-)?api[-_ ]?)?key\s*[:=])/i.test(key)],
  ['key_smart_quotes', (key) => /[“”„‟‘’‚‛«»‹›]/.test(key)],
  ['key_in_quotes', (key) => /^['"`´]|['"`´]$/.test(key)],
  ['key_masked', (key) => /[*•●]{2}|…|\.{3}/.test(key)],
  ['key_inner_space', (key) => /\s/.test(key)],
  ['key_not_ascii', (key) => !/^[\x21-\x7e]*$/.test(key)],
  ['key_is_machine_key', (key) => key.startsWith('krk_')],
  ['key_is_refresh_token', (key) => /^(sbx_)?(refresh|rt)[-_]/i.test(key)],
  ['key_is_client_secret', (key) => /^(sbx_)?(client[-_]?)?(secret|cs)[-_]/i.test(key)],
  ['key_is_access_token', (key) => /^(sbx_)?(access|at)[-_]|^eyJ[\w-]+\.[\w-]+\./i.test(key)],
  ['key_too_short', (key) => key.length < SHORTEST_KEY],
  ['key_too_long', (key) => key.length > LONGEST_KEY_VALUE.key],
]

/** Why this can't be an old key; null when it may be one, for nobody but Octorate knows what they look like. */
export function faultOfKey(key: string): CellFault | null {
  const common = faultOfToken(key)
  if (common) return common
  const rule = RULES.find(([, isBroken]) => isBroken(key))
  return rule ? { fault: rule[0] } : null
}
