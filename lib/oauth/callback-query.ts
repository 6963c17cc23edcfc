export type MalformedCallbackReason =
  | 'too_long'
  | 'too_many_parameters'
  | 'repeated_parameter'
  | 'empty_parameter'
  | 'parameter_too_long'
  | 'forbidden_character'
  | 'bad_encoding'
  | 'code_and_error'
  | 'missing_state'

export type CallbackQuery =
  | { readonly kind: 'code'; readonly code: string; readonly state: string; readonly issuer: string | null }
  /** The hotelier said no: there is no code; `error` is null when Octorate names none. */
  | { readonly kind: 'refused'; readonly state: string; readonly error: string | null; readonly issuer: string | null }
  | { readonly kind: 'malformed'; readonly reason: MalformedCallbackReason }

const KNOWN = ['code', 'state', 'error', 'iss'] as const
const LONGEST_VALUE = 2_048
const LONGEST_QUERY = 8_192
const MOST_PARAMETERS = 32
const ESCAPES = /%(?:[0-9A-Fa-f]{2})/g

/**
 * Reads the query with which Octorate sends the browser back (contract, "Case 1: consent flow", step 2).
 * `search` may start with `?`. Whatever is repeated, empty, longer than 2 KB, badly encoded or
 * contradictory is malformed, so that no call upstream is made for it. Parameters that we do not know
 * are ignored, within bounds. `issuer` is the `iss` parameter, which must equal the configured one if it
 * ever comes. Never throws.
 */
export function parseCallbackQuery(search: string): CallbackQuery {
  if (search.length > LONGEST_QUERY) return malformed('too_long')
  const parameters = new URLSearchParams(search)
  if ([...parameters].length > MOST_PARAMETERS) return malformed('too_many_parameters')
  const fault = KNOWN.map((name) => faultOf(parameters.getAll(name))).find((found) => found !== null)
  if (fault) return malformed(fault)
  if (hasStrayPercent(search)) return malformed('bad_encoding')
  return decide(parameters)
}

function decide(parameters: URLSearchParams): CallbackQuery {
  const [code, state, error, issuer] = KNOWN.map((name) => parameters.get(name)) as [
    string | null,
    string | null,
    string | null,
    string | null,
  ]
  if (code !== null && error !== null) return malformed('code_and_error')
  if (state === null) return malformed('missing_state')
  return code === null ? { kind: 'refused', state, error, issuer } : { kind: 'code', code, state, issuer }
}

function faultOf(values: readonly string[]): MalformedCallbackReason | null {
  const [value] = values
  if (value === undefined) return null
  if (values.length > 1) return 'repeated_parameter'
  if (value === '') return 'empty_parameter'
  if (value.length > LONGEST_VALUE) return 'parameter_too_long'
  // The replacement character is what decoding leaves of bytes that are not UTF-8.
  if (value.includes('\uFFFD')) return 'bad_encoding'
  return hasForbiddenCharacter(value) ? 'forbidden_character' : null
}

/** Control characters and lone surrogates; both have no business in a code, a state or an error's name. */
function hasForbiddenCharacter(value: string): boolean {
  return /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(value)
}

function hasStrayPercent(search: string): boolean {
  return search.replaceAll(ESCAPES, '').includes('%')
}

function malformed(reason: MalformedCallbackReason): CallbackQuery {
  return { kind: 'malformed', reason }
}
