import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import dates from '../../tests/vectors/upstream-dates.json'
import { authorizationCode, clientSecret, refreshToken } from '@/server/crypto/tokens'
import { answerOf, SENT_AT, thrownBy } from './answer-for-tests'
import { apiLoginRequest, processApiLoginResponse, sendApiLogin } from './api-login'
import { codeExchangeRequest, processTokenResponse, sendCodeExchange } from './code-exchange'
import { decodeRawAnswer, encodeRawAnswer } from './raw-answer'
import { processRefreshResponse, refreshRequest, sendRefresh } from './refresh'
import { createTransport } from './transport'

const policy = { allowSandboxTokens: false }
const apiClient = { clientId: 'public_a1', clientSecret: clientSecret('secret_1234567890') }
const formOf = (request: ReturnType<typeof refreshRequest>) =>
  request.body?.kind === 'form'
    ? request.body.fields.map(([name, value]) => [name, typeof value === 'string' ? value : value.reveal()])
    : []

describe('requests', () => {
  test('exchange a code with the redirect URI that consent was asked with', () => {
    const request = codeExchangeRequest({
      url: 'https://api.x/token',
      ...apiClient,
      redirectUri: 'https://localhost/',
      code: authorizationCode('c1'),
    })
    expect(request).toMatchObject({ call: 'code_exchange', method: 'POST', url: 'https://api.x/token', bearer: null })
    expect(formOf(request)).toEqual([
      ['client_id', 'public_a1'],
      ['client_secret', 'secret_1234567890'],
      ['redirect_uri', 'https://localhost/'],
      ['grant_type', 'code'],
      ['code', 'c1'],
    ])
    expect(request.limits).toMatchObject({ wholeMs: 8_000, bodyBytes: 65_536 })
  })

  test('refresh without a grant type, and wait 20 s, because a lost answer can hold the only copy of a token', () => {
    const request = refreshRequest({ url: 'https://api.x/refresh', ...apiClient, refreshToken: refreshToken('r1') })
    expect(formOf(request)).toEqual([
      ['client_id', 'public_a1'],
      ['client_secret', 'secret_1234567890'],
      ['refresh_token', 'r1'],
    ])
    expect(request.limits).toEqual({ headersMs: 20_000, wholeMs: 20_000, bodyBytes: 65_536 })
  })

  test('log in with the API client alone', () => {
    const request = apiLoginRequest({ url: 'https://api.x/apilogin', ...apiClient })
    expect(formOf(request)).toEqual([
      ['client_id', 'public_a1'],
      ['client_secret', 'secret_1234567890'],
    ])
  })

  test('print no secret, whoever prints them', () => {
    const request = codeExchangeRequest({
      url: 'https://api.x/token',
      ...apiClient,
      redirectUri: 'https://localhost',
      code: authorizationCode('code-canary'),
    })
    expect(inspect(request, { depth: 9, showHidden: true }) + JSON.stringify(request)).not.toMatch(/1234567890|canary/)
  })
})

describe('good answers', () => {
  test('give branded tokens and their expiry', () => {
    const grant = processTokenResponse(
      answerOf({ access_token: 'a1', refresh_token: 'r1', expires_in: 86_400, token_type: 'Bearer' }),
      policy,
    )
    expect(grant.accessToken.reveal()).toBe('a1')
    expect(grant.refreshToken?.reveal()).toBe('r1')
    expect(grant).toMatchObject({
      expiresAt: new Date(SENT_AT.getTime() + 86_400_000),
      expirySource: 'expires_in',
      expiryFlagged: false,
      driftMs: 0,
    })
  })

  test('give no refresh token when there is none, so that the stored one is kept', () => {
    const bodies = [
      { access_token: 'a' },
      { access_token: 'a', refresh_token: '' },
      { access_token: 'a', refresh_token: null },
    ]
    expect(bodies.map((body) => processRefreshResponse(answerOf(body), policy).refreshToken)).toEqual([
      null,
      null,
      null,
    ])
    expect(
      processRefreshResponse(answerOf({ access_token: 'a', refresh_token: 'r2' }), policy).refreshToken?.reveal(),
    ).toBe('r2')
  })

  test('give an admin token that has no refresh token, even where one came', () => {
    const grant = processApiLoginResponse(
      answerOf({ access_token: 'adm', refresh_token: 'r', expireDate: '2027-03-01T12:00:00Z[UTC]' }),
      policy,
    )
    expect(grant.adminToken.reveal()).toBe('adm')
    expect(grant.expiresAt).toEqual(new Date('2027-03-01T12:00:00Z'))
    expect(Object.keys(grant)).not.toContain('refreshToken')
  })

  test.each(dates)(
    'keep their token with the date $value, because a token is worth more than its date',
    ({ value }) => {
      const grant = processRefreshResponse(answerOf({ access_token: 'a1', expireDate: value }), policy)
      expect(grant.accessToken.reveal()).toBe('a1')
      expect(Number.isNaN(grant.expiresAt.getTime())).toBe(false)
    },
  )

  test.each<[string, unknown]>([
    ['unknown fields', { access_token: 'a1', scope: 'x', nested: { deep: [1] } }],
    ['the other spelling', { accessToken: 'a1' }],
    ['an expiry of the wrong type', { access_token: 'a1', expires_in: ['soon'], expireDate: 5 }],
    ['blanks around', ' \n{"access_token":"a1"}\n'],
    ['an empty token type', { access_token: 'a1', token_type: '' }],
    ['a token type in capitals', { access_token: 'a1', token_type: 'BEARER' }],
  ])('may have %s', (_name, body) => {
    expect(processTokenResponse(answerOf(body), policy).accessToken.reveal()).toBe('a1')
  })

  test.each([
    'application/json',
    'application/json;charset=UTF-8',
    'Application/JSON ; charset=utf-8',
    'application/hal+json',
  ])('may be called %s', (contentType) => {
    expect(processTokenResponse(answerOf({ access_token: 'a1' }, { contentType }), policy).accessToken.reveal()).toBe(
      'a1',
    )
  })

  test('subtract the lead of an upstream clock, which their own Date header gives away', () => {
    const body = { access_token: 'a1', expireDate: '2026-03-01T13:10:01Z' }
    const grant = processRefreshResponse(answerOf(body, { date: 'Sun, 01 Mar 2026 12:10:01 GMT' }), policy)
    expect(grant.expiresAt).toEqual(new Date('2026-03-01T13:00:01Z'))
  })
})

type Malformed = [
  name: string,
  body: unknown,
  facts: Parameters<typeof answerOf>[1],
  expected: { reason: string; fault?: string },
]

const malformed: Malformed[] = [
  ['an empty 200', '', {}, { reason: 'empty' }],
  ['blanks only', ' \n', {}, { reason: 'empty' }],
  ['an empty 204', '', { status: 204 }, { reason: 'unexpected_status' }],
  ['a 201', { access_token: 'sk-canary' }, { status: 201 }, { reason: 'unexpected_status' }],
  ['no content type', { access_token: 'sk-canary' }, { contentType: null }, { reason: 'content_type' }],
  ['plain text', { access_token: 'sk-canary' }, { contentType: 'text/plain' }, { reason: 'content_type' }],
  [
    'a type that only begins well',
    { access_token: 'sk-canary' },
    { contentType: 'application/jsonp' },
    { reason: 'content_type' },
  ],
  ['a sign-in page', '<!DOCTYPE html><html>sk-canary</html>', { contentType: 'text/html' }, { reason: 'content_type' }],
  ['a page that calls itself JSON', '<html>sk-canary</html>', {}, { reason: 'syntax' }],
  ['half an object', '{"access_token":"sk-canary', {}, { reason: 'syntax' }],
  ['two objects', '{"access_token":"sk-canary"}{}', {}, { reason: 'syntax' }],
  ['single quotes', "{'access_token':'sk-canary'}", {}, { reason: 'syntax' }],
  ['a form', 'access_token=sk-canary', {}, { reason: 'syntax' }],
  ['a second byte order mark', '\ufeff{"access_token":"sk-canary"}', {}, { reason: 'syntax' }],
  ['UTF-16', 'ÿþ{\u0000}\u0000', { encoding: 'latin1' }, { reason: 'not_utf8' }],
  ['a key twice', '{"access_token":"sk-canary","access_token":"b"}', {}, { reason: 'duplicate_key' }],
  ['a key twice in disguise', '{"access_token":"sk-canary","access_tok\\u0065n":"b"}', {}, { reason: 'duplicate_key' }],
  ['deep nesting', `${'['.repeat(40)}${']'.repeat(40)}`, {}, { reason: 'too_deep' }],
  ['null', 'null', {}, { reason: 'shape', fault: 'not_an_object' }],
  ['a text', '"sk-canary"', {}, { reason: 'shape', fault: 'not_an_object' }],
  ['an array', [{ access_token: 'sk-canary' }], {}, { reason: 'shape', fault: 'not_an_object' }],
  [
    'an error under 200',
    { type: 'ApiSecurityException', message: 'sk-canary' },
    {},
    { reason: 'shape', fault: 'no_access_token' },
  ],
  ['a wrapper', { data: { access_token: 'sk-canary' } }, {}, { reason: 'shape', fault: 'no_access_token' }],
  ['an empty token', { access_token: '' }, {}, { reason: 'shape', fault: 'no_access_token' }],
  ['a token that is a number', { access_token: 12345 }, {}, { reason: 'shape', fault: 'bad_access_token' }],
  [
    'a token with a line break',
    { access_token: 'sk-canary\r\nx: y' },
    {},
    { reason: 'shape', fault: 'bad_access_token' },
  ],
  ['a token with a blank', { access_token: 'sk canary' }, {}, { reason: 'shape', fault: 'bad_access_token' }],
  ['a token out of ASCII', { access_token: 'sk-canaryé' }, {}, { reason: 'shape', fault: 'bad_access_token' }],
  ['an endless token', { access_token: 'sk-canary'.repeat(1_000) }, {}, { reason: 'shape', fault: 'bad_access_token' }],
  [
    'a refresh token that is an object',
    { access_token: 'sk-canary', refresh_token: {} },
    {},
    { reason: 'shape', fault: 'bad_refresh_token' },
  ],
  [
    'another token type',
    { access_token: 'sk-canary', token_type: 'DPoP' },
    {},
    { reason: 'shape', fault: 'bad_token_type' },
  ],
  [
    'two different tokens',
    { access_token: 'sk-canary', accessToken: 'b' },
    {},
    { reason: 'shape', fault: 'contradictory_tokens' },
  ],
  ['a token of the sandbox', { access_token: 'sbx_sk-canary' }, {}, { reason: 'sandbox_token' }],
  [
    'a refresh token of the sandbox',
    { access_token: 'a', refresh_token: 'sbx_sk-canary' },
    {},
    { reason: 'sandbox_token' },
  ],
]

describe.each([
  ['code_exchange', processTokenResponse],
  ['refresh', processRefreshResponse],
  ['api_login', processApiLoginResponse],
] as const)('malformed answers to %s', (call, process) => {
  test.each(malformed)('%s is refused, and quoted by nobody', (...[, body, facts, expected]) => {
    const error = thrownBy(() => process(answerOf(body, facts), policy))
    expect(error).toMatchObject({ name: 'UpstreamNonconformance', call, code: 'upstream_unreadable', ...expected })
    expect(inspect(error, { depth: 9, showHidden: true, getters: true }) + JSON.stringify(error)).not.toContain(
      'canary',
    )
    expect(Object.keys(error as object)).not.toContain('cause')
  })
})

test('takes tokens of the sandbox from the sandbox', () => {
  const body = { access_token: 'sbx_a', refresh_token: 'sbx_r' }
  expect(processTokenResponse(answerOf(body), { allowSandboxTokens: true }).refreshToken?.reveal()).toBe('sbx_r')
})

test('tells what changed by its shape, because that is all an operator needs to see', () => {
  const error = thrownBy(() =>
    processTokenResponse(answerOf({ tokens: [{ value: 'sk-canary' }], expires_in: 5 }), policy),
  )
  expect((error as Error).cause).toEqual({ shape: '{tokens: [1 × {value: string(9)}], expires_in: number}' })
})

test('sends and reads in two steps, so that the answer can be committed in between', async () => {
  const bodies: string[] = []
  const transport = createTransport({
    fetch: async (_url, init) => {
      bodies.push(String(init?.body))
      return Response.json({ access_token: 'a1', expires_in: 60 })
    },
  })
  const answers = [
    await sendCodeExchange(transport, {
      url: 'https://api.x/t',
      ...apiClient,
      redirectUri: 'https://localhost',
      code: authorizationCode('c'),
    }),
    await sendRefresh(transport, { url: 'https://api.x/r', ...apiClient, refreshToken: refreshToken('r') }),
    await sendApiLogin(transport, { url: 'https://api.x/a', ...apiClient }),
  ]
  const replayed = answers.map((answer) => decodeRawAnswer(encodeRawAnswer(answer)))
  expect(replayed).toEqual(answers)
  expect(replayed.map((answer) => processTokenResponse(answer, policy))).toEqual(
    answers.map((answer) => processTokenResponse(answer, policy)),
  )
  expect(processTokenResponse(replayed[0] ?? answerOf({}), policy).accessToken.reveal()).toBe('a1')
  expect(bodies.map((body) => new URLSearchParams(body).get('client_id'))).toEqual([
    'public_a1',
    'public_a1',
    'public_a1',
  ])
})

test.each(['{}', '{"body":"x"}', '[]'])('refuses %s as a journalled answer', (text) => {
  expect(() => decodeRawAnswer(text)).toThrow(TypeError)
})
