/** Whose turn it is when something was refused: theirs who reads it, the hotelier's, Octorate's, or who runs Keyrack. */
export type Turn = 'you' | 'hotelier' | 'octorate' | 'operator'

interface ErrorKind {
  readonly status: number
  readonly turn: Turn
}

/**
 * Every refusal of the console, by code. What happened and what to do next is written in
 * contracts/error-texts.en.json under the same code.
 */
export const ERRORS = {
  bad_request: { status: 400, turn: 'you' },
  invalid_input: { status: 400, turn: 'you' },
  not_signed_in: { status: 401, turn: 'you' },
  not_allowed: { status: 403, turn: 'you' },
  cross_site_request: { status: 403, turn: 'you' },
  not_found: { status: 404, turn: 'you' },
  method_not_allowed: { status: 405, turn: 'you' },
  conflict: { status: 409, turn: 'you' },
  body_too_large: { status: 413, turn: 'you' },
  wrong_content_type: { status: 415, turn: 'you' },
  too_many_attempts: { status: 429, turn: 'you' },
  internal: { status: 500, turn: 'operator' },
  database_unavailable: { status: 503, turn: 'operator' },
  sealed: { status: 503, turn: 'operator' },
  secret_unreadable: { status: 500, turn: 'operator' },

  set_up_closed: { status: 404, turn: 'you' },
  set_up_code_wrong: { status: 403, turn: 'you' },
  password_wrong: { status: 403, turn: 'you' },
  fresh_sign_in_needed: { status: 403, turn: 'you' },
  password_too_weak: { status: 422, turn: 'you' },
  invitation_invalid: { status: 404, turn: 'you' },
  already_member: { status: 409, turn: 'you' },
  last_owner: { status: 409, turn: 'you' },
  person_elsewhere: { status: 409, turn: 'you' },
  two_factor_needed: { status: 403, turn: 'you' },
  two_factor_wrong: { status: 403, turn: 'you' },
  two_factor_required: { status: 403, turn: 'you' },
  two_factor_is_on: { status: 409, turn: 'you' },
  two_factor_is_off: { status: 409, turn: 'you' },
  personal_key: { status: 409, turn: 'you' },

  state_unknown: { status: 400, turn: 'you' },
  state_used: { status: 409, turn: 'you' },
  state_expired: { status: 410, turn: 'you' },
  other_browser: { status: 403, turn: 'you' },
  other_user: { status: 403, turn: 'you' },
  callback_malformed: { status: 400, turn: 'you' },
  consent_refused: { status: 409, turn: 'hotelier' },
  code_expired: { status: 410, turn: 'you' },
  code_refused: { status: 409, turn: 'you' },
  paste_not_an_address: { status: 422, turn: 'you' },
  paste_other_address: { status: 422, turn: 'you' },
  paste_without_code: { status: 422, turn: 'you' },
  no_properties: { status: 409, turn: 'hotelier' },
  wrong_property: { status: 409, turn: 'hotelier' },

  hotelier_cannot_help: { status: 409, turn: 'octorate' },
  link_over: { status: 409, turn: 'you' },
  link_needs_callback: { status: 409, turn: 'you' },
  campaign_empty: { status: 409, turn: 'you' },
  campaign_too_large: { status: 422, turn: 'you' },
  campaign_over: { status: 409, turn: 'you' },
  campaign_file_taken: { status: 409, turn: 'you' },
  return_address_unknown: { status: 422, turn: 'you' },

  api_client_refused: { status: 409, turn: 'you' },
  api_client_in_use: { status: 409, turn: 'you' },
  upstream_not_allowed: { status: 422, turn: 'operator' },
  redirect_uri_locked: { status: 409, turn: 'octorate' },
  configuration_changed: { status: 409, turn: 'you' },
  configuration_busy: { status: 409, turn: 'you' },
  confirmation_missing: { status: 422, turn: 'you' },
  property_refused: { status: 422, turn: 'you' },

  refresh_token_missing: { status: 409, turn: 'hotelier' },
  reconnect_required: { status: 409, turn: 'hotelier' },
  refresh_refused_once: { status: 409, turn: 'octorate' },
  already_disconnected: { status: 409, turn: 'you' },
  frozen: { status: 423, turn: 'you' },
  freeze_holds: { status: 409, turn: 'you' },
  incident_open: { status: 409, turn: 'you' },
  incident_over: { status: 409, turn: 'you' },
  refresh_paused: { status: 409, turn: 'you' },
  refresh_in_progress: { status: 409, turn: 'you' },

  machine_key_missing: { status: 401, turn: 'you' },
  machine_key_invalid: { status: 401, turn: 'you' },
  machine_key_address: { status: 403, turn: 'you' },
  machine_key_scope: { status: 403, turn: 'you' },
  machine_key_properties: { status: 403, turn: 'you' },
  rate_limited: { status: 429, turn: 'you' },
  idempotency_key_malformed: { status: 400, turn: 'you' },
  idempotency_mismatch: { status: 422, turn: 'you' },
  idempotency_in_progress: { status: 409, turn: 'you' },
  property_ambiguous: { status: 409, turn: 'you' },
  temporarily_unavailable: { status: 503, turn: 'octorate' },
  import_line_malformed: { status: 422, turn: 'you' },
  mail_not_available: { status: 409, turn: 'you' },
  import_not_running: { status: 409, turn: 'you' },
  key_line_malformed: { status: 422, turn: 'you' },
  key_migration_overlaps: { status: 409, turn: 'you' },
  key_migration_over: { status: 409, turn: 'you' },
  top_up_running: { status: 409, turn: 'you' },
  top_up_nothing: { status: 409, turn: 'you' },
  top_up_while_refused: { status: 409, turn: 'octorate' },
  top_up_quota: { status: 409, turn: 'octorate' },
  top_up_over: { status: 409, turn: 'you' },
  nothing_to_retry: { status: 409, turn: 'you' },
  redirect_uri_not_wanted: { status: 422, turn: 'you' },

  whitelist_duplicate: { status: 409, turn: 'you' },
  whitelist_full: { status: 409, turn: 'you' },
  whitelist_locks_out: { status: 409, turn: 'you' },
  whitelist_left_empty: { status: 409, turn: 'you' },
  whitelist_too_wide: { status: 422, turn: 'you' },
  admin_token_needs_restriction: { status: 403, turn: 'you' },

  upstream_unreachable: { status: 502, turn: 'octorate' },
  upstream_timeout: { status: 504, turn: 'octorate' },
  upstream_quota: { status: 503, turn: 'octorate' },
  upstream_redirected: { status: 502, turn: 'octorate' },
  upstream_refused: { status: 502, turn: 'octorate' },
  upstream_permission: { status: 409, turn: 'octorate' },
  upstream_wrong_environment: { status: 409, turn: 'you' },
  upstream_unreadable: { status: 502, turn: 'octorate' },
} as const satisfies Record<string, ErrorKind>

export type ErrorCode = keyof typeof ERRORS

export const ERROR_CODES = Object.keys(ERRORS) as ErrorCode[]

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value)
}
