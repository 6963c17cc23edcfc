import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { answerOf, REQUEST_ID, thrownBy } from './answer-for-tests'
import { classifyAnswer } from './error-table'
import { UpstreamRefusal } from './errors/upstream-refusal'
import { readJsonAnswer, requireSuccess } from './read-answer'
import { maySayGrantIsDead } from './refresh'

const JSON_TYPE = 'application/json'
const HTML = '<!DOCTYPE html><html><body>Sign in</body></html>'

type Row = [status: number, contentType: string | null, body: unknown, outcome: string, maySayDead: boolean]

const rows: Row[] = [
  [400, JSON_TYPE, {}, 'bad_request', true],
  [400, JSON_TYPE, { message: 'no' }, 'bad_request', true],
  [400, null, '', 'bad_request', true],
  [400, 'text/plain', 'bad request', 'bad_request', true],
  [400, JSON_TYPE, { type: 'ApiParamsExemption', element: 'code' }, 'bad_request', true],
  [400, JSON_TYPE, { type: 'JsonParseExemption' }, 'bad_request', true],
  [400, JSON_TYPE, { type: 'ApiValidationFailed', nested: [] }, 'validation', true],
  [400, JSON_TYPE, { error: 'invalid_grant' }, 'grant', true],
  [400, JSON_TYPE, { error: 'invalid_client' }, 'credential', true],
  [401, JSON_TYPE, { error: 'invalid_client', error_description: 'x' }, 'credential', true],
  [400, 'text/html', HTML, 'html_page', false],
  [401, JSON_TYPE, { type: 'ApiKeyMissing' }, 'credential', true],
  [401, JSON_TYPE, { type: 'ApiKeyInvalid' }, 'credential', true],
  [401, JSON_TYPE, { type: 'ApiSecurityException', message: 'Missing credentials' }, 'credential', true],
  [401, JSON_TYPE, { type: 'SomethingNew' }, 'credential', true],
  [401, 'text/html', '', 'credential', true],
  [401, 'text/html', HTML, 'html_page', false],
  [401, JSON_TYPE, HTML, 'html_page', false],
  [403, JSON_TYPE, { type: 'ApiLoginExpired' }, 'access_token_expired', true],
  [401, JSON_TYPE, { type: 'ApiLoginExpired' }, 'access_token_expired', true],
  [403, JSON_TYPE, { type: 'ApiSecurityException', message: 'errNoResourcesForIdentity' }, 'wrong_token_kind', true],
  [
    403,
    JSON_TYPE,
    { type: 'ApiSecurityException', machine_name: 'errNoResourcesForIdentity' },
    'wrong_token_kind',
    true,
  ],
  [403, JSON_TYPE, { message: 'errNoResourcesForIdentity' }, 'wrong_token_kind', true],
  [403, JSON_TYPE, { type: 'ApiSecurityException', message: 'Refresh token is not valid' }, 'unknown', true],
  [403, JSON_TYPE, { type: 'ApiQuotaException' }, 'quota', false],
  [403, 'text/plain', { type: 'ApiQuotaException' }, 'quota', false],
  [400, JSON_TYPE, { type: 'ApiQuotaException' }, 'quota', false],
  [429, JSON_TYPE, {}, 'quota', false],
  [429, 'text/html', HTML, 'quota', false],
  [403, JSON_TYPE, { type: 'WrongEnviroment' }, 'wrong_environment', false],
  [403, JSON_TYPE, { type: 'WrongEnvironment' }, 'wrong_environment', false],
  [403, 'text/plain', 'Caller not in requested role', 'permission_missing', false],
  [403, 'text/html', '<html><h1>403</h1>Caller not in requested role</html>', 'permission_missing', false],
  [403, JSON_TYPE, '"Caller not in requested role"', 'permission_missing', false],
  [403, null, 'Access denied for this operation', 'permission_missing', false],
  [403, 'text/html', HTML, 'html_page', false],
  [403, JSON_TYPE, { type: 'SomethingNew' }, 'unknown', true],
  [403, JSON_TYPE, '', 'unknown', true],
  [403, JSON_TYPE, '{"type":"ApiQuotaExc', 'unknown', true],
  [403, JSON_TYPE, [], 'unknown', true],
  [404, 'text/html', HTML, 'not_found', false],
  [404, null, '', 'not_found', false],
  [404, JSON_TYPE, { type: 'ApiResourceMissing' }, 'not_found', false],
  [404, JSON_TYPE, { type: 'ApiResourceEmpty' }, 'not_found', false],
  [405, JSON_TYPE, {}, 'bad_request', false],
  [409, JSON_TYPE, {}, 'conflict', false],
  [412, JSON_TYPE, { status: 'existing', id: '1' }, 'conflict', false],
  [422, JSON_TYPE, {}, 'validation', false],
  [418, JSON_TYPE, {}, 'unknown', false],
]

test.each(rows)('takes %i %s %j for %s', (...[status, contentType, body, kind, maySayDead]) => {
  const answer = answerOf(body, { status, contentType, retryAfter: '30' })
  const error = thrownBy(() => requireSuccess('refresh', answer))
  expect(error).toBeInstanceOf(UpstreamRefusal)
  expect(error).toMatchObject({ kind, status, requestId: REQUEST_ID, retryAfterMs: 30_000, call: 'refresh' })
  expect(error instanceof UpstreamRefusal && maySayGrantIsDead(error)).toBe(maySayDead)
})

test.each([
  [500, { type: 'InternalServerError' }],
  [500, { type: 'ApiServerException' }],
  [550, { type: 'ApiPartnerServerError' }],
  [502, HTML],
  [502, { error: 'invalid_grant' }],
  [503, ''],
  [504, ''],
  [599, ''],
  [408, ''],
])(
  'takes %i %j for a server that cannot be reached, because proxies put stale bodies into their own errors',
  (status, body) => {
    expect(thrownBy(() => requireSuccess('refresh', answerOf(body, { status })))).toMatchObject({
      name: 'UpstreamUnreachable',
      reason: 'server_error',
      maybeProcessed: true,
      retryable: true,
      status,
      requestId: REQUEST_ID,
    })
  },
)

test.each([
  [302, 'redirect'],
  [304, 'redirect'],
  [100, 'unexpected_status'],
])('takes %i for an answer that the contract does not know', (status, reason) => {
  expect(thrownBy(() => requireSuccess('refresh', answerOf('', { status })))).toMatchObject({
    name: 'UpstreamNonconformance',
    reason,
    status,
  })
})

test('calls every 2xx a success, so that its reader decides', () => {
  expect(
    [200, 201, 202, 204, 206].map((status) => classifyAnswer({ status, contentType: null, bodyText: '' }).outcome),
  ).toEqual(['success', 'success', 'success', 'success', 'success'])
})

test('has its own code for what a person can act on', () => {
  const codeOf = (body: unknown) =>
    (thrownBy(() => requireSuccess('properties', answerOf(body, { status: 403 }))) as UpstreamRefusal).code
  expect(codeOf({ type: 'ApiQuotaException' })).toBe('upstream_quota')
  expect(codeOf({ type: 'WrongEnviroment' })).toBe('upstream_wrong_environment')
  expect(codeOf('Caller not in requested role')).toBe('upstream_permission')
  expect(codeOf({ type: 'SomethingNew' })).toBe('upstream_refused')
})

const CANARY = 'sk4canary9sk4canary9sk4'

test('keeps what Octorate says for people who ask for it, masked and escaped', () => {
  const nested = [{ message: 'Name is missing', element: '$.name' }, 'noise']
  const body = {
    type: 'ApiValidationFailed',
    machine_name: 'errValidation',
    human_name: 'Not\u202E valid',
    message: `Bad value ${CANARY}`,
    element: '$.networkName',
    suggestion: 'x'.repeat(20).concat(' ').repeat(100),
    nested,
  }
  const error = thrownBy(() =>
    requireSuccess('configuration_change', answerOf(body, { status: 400 })),
  ) as UpstreamRefusal
  expect(error).toMatchObject({ type: 'ApiValidationFailed', machineName: 'errValidation' })
  expect(error.detail).toMatchObject({
    message: 'Bad value ••••',
    humanName: 'Not⟨U+202E⟩ valid',
    element: '$.networkName',
    nested: [{ message: 'Name is missing', element: '$.name' }],
  })
  expect(error.detail?.suggestion).toHaveLength(501)
})

test.each([
  {
    type: CANARY,
    message: CANARY,
    machine_name: CANARY,
    human_name: CANARY,
    element: CANARY,
    nested: [{ message: CANARY }],
  },
  { error: CANARY, error_description: CANARY },
  `Caller not in requested role ${CANARY}`,
  `<html>${CANARY}</html>`,
  { [CANARY]: CANARY },
])('lets no secret out of the body %j into an error', (body) => {
  for (const status of [200, 302, 400, 401, 403, 404, 429, 500]) {
    const error = thrownBy(() => readJsonAnswer('refresh', answerOf(body, { status, contentType: 'text/plain' })))
    expect(error).toBeInstanceOf(Error)
    const printed = inspect(error, { depth: 9, showHidden: true, getters: true }) + JSON.stringify(error)
    expect(printed).not.toContain('canary')
  }
})
