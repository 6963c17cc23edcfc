import type { RefusalKind } from './errors/upstream-refusal'
import { readApiError, type ApiError } from './wire'

export type AnswerClass =
  | { readonly outcome: 'success' }
  | { readonly outcome: 'unreachable' }
  | { readonly outcome: 'nonconformance' }
  | { readonly outcome: 'refusal'; readonly kind: RefusalKind; readonly error: ApiError | null }

interface Answer {
  readonly status: number
  readonly contentType: string | null
  readonly bodyText: string
}

interface Row {
  /** Any 4xx when left out. */
  readonly status?: number
  readonly type?: string
  /** Looked for in `message` and `machine_name`. */
  readonly says?: string
  readonly kind: RefusalKind
}

/** The table of the contract's section "Errors" for answers with an ApiError body; the first row that fits decides. */
const API_ERRORS: readonly Row[] = [
  { type: 'ApiQuotaException', kind: 'quota' },
  { type: 'ApiLoginExpired', kind: 'access_token_expired' },
  { type: 'WrongEnviroment', kind: 'wrong_environment' },
  { type: 'WrongEnvironment', kind: 'wrong_environment' },
  { says: 'errNoResourcesForIdentity', kind: 'wrong_token_kind' },
  { type: 'ApiSecurityException', says: 'Missing credentials', kind: 'credential' },
  { type: 'ApiKeyMissing', kind: 'credential' },
  { type: 'ApiKeyInvalid', kind: 'credential' },
  { type: 'invalid_client', kind: 'credential' },
  { type: 'invalid_grant', kind: 'grant' },
  { type: 'ApiValidationFailed', kind: 'validation' },
  { type: 'ApiParamsExemption', kind: 'bad_request' },
  { type: 'JsonParseExemption', kind: 'bad_request' },
  { type: 'ApiResourceMissing', kind: 'not_found' },
  { type: 'ApiResourceEmpty', kind: 'not_found' },
  { says: 'Caller not in requested role', kind: 'permission_missing' },
]

/** What a status alone tells, when the body does not say more. A bare 403 is absent: it has five meanings. */
const STATUSES: Readonly<Record<number, RefusalKind>> = {
  400: 'bad_request',
  401: 'credential',
  404: 'not_found',
  405: 'bad_request',
  406: 'bad_request',
  409: 'conflict',
  411: 'bad_request',
  412: 'conflict',
  413: 'bad_request',
  414: 'bad_request',
  415: 'bad_request',
  422: 'validation',
  429: 'quota',
}
const REQUEST_TIMEOUT = 408
const ROLE_TEXT = /Caller not in requested role/i

/**
 * Sorts an answer by what it means (contract, "Errors"), before anybody reads its body as a success. A 5xx
 * is "unreachable" whatever it says, because proxies put stale bodies into theirs.
 */
export function classifyAnswer(answer: Answer): AnswerClass {
  const { status } = answer
  if (status >= 200 && status <= 299) return { outcome: 'success' }
  if (status >= 500 || status === REQUEST_TIMEOUT) return { outcome: 'unreachable' }
  if (status < 400) return { outcome: 'nonconformance' }
  const error = readApiError(answer.bodyText)
  return { outcome: 'refusal', kind: error ? kindOfApiError(status, error) : kindOfText(answer), error }
}

function kindOfApiError(status: number, error: ApiError): RefusalKind {
  const row = API_ERRORS.find(
    ({ type, says }) => (type === undefined || type === error.type) && (says === undefined || mentions(error, says)),
  )
  return row?.kind ?? STATUSES[status] ?? 'unknown'
}

function mentions({ message, machineName }: ApiError, text: string): boolean {
  return [message, machineName].some((each) => each?.toLowerCase().includes(text.toLowerCase()))
}

/** Without an ApiError: a page, words, or nothing. Words under 403 say that the contract lacks a permission. */
function kindOfText({ status, contentType, bodyText }: Answer): RefusalKind {
  const text = bodyText.trim()
  if (status === 429) return 'quota'
  if (ROLE_TEXT.test(text)) return 'permission_missing'
  const isPage = /^<|<html|<!doctype/i.test(text) || (contentType?.toLowerCase().includes('html') && text !== '')
  if (isPage) return status === 404 ? 'not_found' : 'html_page'
  if (status === 403) return text === '' || /^[[{"]/.test(text) ? 'unknown' : 'permission_missing'
  return STATUSES[status] ?? 'unknown'
}
