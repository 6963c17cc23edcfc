import { apiClientOf, formOf, type Answer, type Exchange, type Step } from '../http/exchange'
import type { LintRuleName } from '../lint/lint-rules'
import { note } from '../lint/note'
import type { Code } from '../models/grant'
import type { CodeRefusal } from '../models/truth-event'
import { refuseIdentity } from './refuse-identity'

const messages: Readonly<Record<CodeRefusal, string>> = {
  unknown: 'The code is not valid',
  expired: 'The code has expired',
  used: 'The code has already been used',
  'other-client': 'The code is not valid',
  'redirect-uri-differs': 'redirect_uri differs from the one that the code was issued for',
}

const noteOf = {
  unknown: 'code-unknown',
  expired: 'code-late',
  used: 'code-twice',
  'other-client': 'code-unknown',
  'redirect-uri-differs': 'redirect-uri-differs',
} as const satisfies Record<CodeRefusal, LintRuleName>

/**
 * The code is known, unused, at most a minute old, of this API client and for this very redirect URI (guide, step 2).
 * A second use ends what the first one gave, when `codeReuse` is `revoke`.
 */
export const codeIsGood: Step = (exchange) => {
  const code = exchange.world.state.codes.get(formOf(exchange).get('code') ?? '')
  const reason = whyNot(exchange, code)
  return reason ? refuseCode(exchange, reason, code) : undefined
}

function whyNot(exchange: Exchange, code: Code | undefined): CodeRefusal | undefined {
  if (!code) return 'unknown'
  if (code.clientId !== apiClientOf(exchange).clientId) return 'other-client'
  if (code.grant !== undefined) return 'used'
  if (exchange.world.clock.now() > code.expiresAt) return 'expired'
  if (formOf(exchange).get('redirect_uri') !== code.redirectUri) return 'redirect-uri-differs'
  return undefined
}

function refuseCode(exchange: Exchange, reason: CodeRefusal, code: Code | undefined): Answer {
  const ends = reason === 'used' && exchange.world.state.settings.codeReuse === 'revoke' ? code?.grant : undefined
  exchange.world.record({
    type: 'code.refused',
    code: formOf(exchange).get('code') ?? '',
    clientId: apiClientOf(exchange).clientId,
    reason,
    ...(ends !== undefined && { ends }),
  })
  note(exchange, noteOf[reason], reason === 'expired' && code ? ageOf(exchange, code) : '')
  const element = reason === 'redirect-uri-differs' ? 'redirect_uri' : 'code'
  return refuseIdentity(exchange, exchange.world.state.settings.codeRefusalStatus, { type: 'ApiParamsExemption', message: messages[reason], element, oauth: 'invalid_grant' })
}

function ageOf({ world }: Exchange, { issuedAt }: Code): string {
  return `${Math.round((world.clock.now() - issuedAt) / 1000)} s`
}
