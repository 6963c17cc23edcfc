import type { Exchange } from '../http/exchange'
import { lintRules, type LintRuleName } from './lint-rules'

/** One deviation of one request. */
export type LintNote = { readonly rule: LintRuleName; readonly text: string }

const LONGEST_VALUE = 200

/** Puts a lint note on the request; `value` fills the rule's text. */
export function note(exchange: Exchange, rule: LintRuleName, value = ''): void {
  exchange.notes.push({ rule, text: lintRules[rule].says(value.slice(0, LONGEST_VALUE)) })
}
