import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accessToken, authorizationCode, clientSecret } from '@/server/crypto/tokens'
import { answerOf, REQUEST_ID } from './answer-for-tests'
import { codeExchangeRequest } from './code-exchange'
import { describeShape } from './describe-shape'
import { UpstreamNonconformance } from './errors/upstream-nonconformance'
import { UpstreamUnreachable } from './errors/upstream-unreachable'
import { maskExchange, type MaskedExchange } from './mask-exchange'
import { maskText } from './mask-text'
import { recordExchanges } from './record-exchanges'
import { createTransport } from './transport'
import { userInfoRequest } from './user-info'

const startedAt = new Date('2026-03-01T12:00:00Z')
const request = codeExchangeRequest({
  url: 'https://api.octorate.com/connect/rest/v1/identity/token',
  clientId: 'public_a1',
  clientSecret: clientSecret('secret_0000000000wxyz'),
  redirectUri: 'https://localhost',
  code: authorizationCode('short'),
})
const mask = (body: unknown, facts?: Parameters<typeof answerOf>[1]) =>
  maskExchange({ request, result: answerOf(body, facts), startedAt, durationMs: 5 })

describe('an exchange', () => {
  test('shows what went to and fro, with the last four characters of long secrets', () => {
    const body = {
      access_token: 'access-0123456789-abcd',
      refresh_token: 'r',
      expires_in: 86_400,
      expireDate: '2026-03-02T12:00:00.1Z[UTC]',
      token_type: 'bearer',
    }
    const exchange = mask(body, { date: 'Sun, 01 Mar 2026 12:00:00 GMT' })
    expect(exchange).toEqual({
      method: 'POST',
      url: 'https://api.octorate.com/connect/rest/v1/identity/token',
      requestHeaders: [
        { name: 'accept', value: 'application/json' },
        { name: 'content-type', value: 'application/x-www-form-urlencoded' },
      ],
      requestForm: [
        { name: 'client_id', value: 'public_a1' },
        { name: 'client_secret', value: '••••wxyz' },
        { name: 'redirect_uri', value: 'https://localhost' },
        { name: 'grant_type', value: 'code' },
        { name: 'code', value: '••••' },
      ],
      requestJson: null,
      status: 200,
      responseHeaders: [
        { name: 'content-type', value: 'application/json' },
        { name: 'date', value: 'Sun, 01 Mar 2026 12:00:00 GMT' },
        { name: 'request-id', value: REQUEST_ID },
      ],
      responseBody: JSON.stringify({ ...body, access_token: '••••abcd', refresh_token: '••••' }, null, 2),
      failure: null,
      startedAt,
      durationMs: 5,
    })
  })

  test('shows a bearer by its end, and a JSON body as it was sent', () => {
    const read = userInfoRequest({ url: 'https://api.x/user/info', accessToken: accessToken('access-0123456789-abcd') })
    const patch = {
      ...read,
      body: { kind: 'json', value: { redirectUri: ['https://a.example/cb'], applicationName: 'Demo' } },
    } as const
    const exchange = maskExchange({ request: patch, result: answerOf({}), startedAt, durationMs: 1 })
    expect(exchange.requestHeaders).toContainEqual({ name: 'authorization', value: 'Bearer ••••abcd' })
    expect(exchange.requestForm).toEqual([])
    expect(JSON.parse(exchange.requestJson ?? '')).toEqual(patch.body.value)
  })

  test('shows that there was no answer, and why', () => {
    const unreachable = new UpstreamUnreachable({ call: 'refresh', reason: 'timeout_headers', maybeProcessed: true })
    expect(maskExchange({ request, result: unreachable, startedAt, durationMs: 5_000 })).toMatchObject({
      status: null,
      responseHeaders: [],
      responseBody: null,
      failure: unreachable.message,
      durationMs: 5_000,
    })
    const redirect = new UpstreamNonconformance({ call: 'refresh', reason: 'redirect', status: 302, requestId: null })
    expect(maskExchange({ request, result: redirect, startedAt, durationMs: 5 })).toMatchObject({
      status: 302,
      responseBody: null,
    })
  })

  test('leaves readable what is no secret', () => {
    const body = {
      redirectUri: ['https://console.example/oauth/callback/0192f0c1-7b1a-7c3d-8e4f-0123456789ab'],
      secretVisibility: true,
      name: 'Hôtel',
      id: 630,
    }
    expect(JSON.parse(mask(body).responseBody ?? '')).toEqual(body)
  })

  test('masks what was sent when it is echoed, and whatever stands under a telling name', () => {
    const shown = mask({
      message: 'client secret_0000000000wxyz is wrong',
      apiKey: 'abc',
      nested: { password: { old: 'pw', new: 5 } },
      tokens: ['t1', 't2'],
      free: 'see eyJhbGciOiJIUzI1NiJ9.e30.abcdef',
      long: 'a'.repeat(40),
    })
    expect(JSON.parse(shown.responseBody ?? '')).toEqual({
      message: 'client •••• is wrong',
      apiKey: '••••',
      nested: { password: { old: '••••', new: '••••' } },
      tokens: ['••••', '••••'],
      free: 'see ••••',
      long: '••••',
    })
  })

  test.each([
    '{"access_token":"canary","x":',
    '{"access_token":"canary","access_token":"canary"}',
    'access_token=canary&refresh_token=canary',
    "{'accessToken': 'canary'}",
    '<input name="code" type="hidden"><a href="?code=canary">',
    'client_secret: canary',
  ])('masks telling names in %s too, although it is no JSON', (body) => {
    expect(mask(body).responseBody).not.toContain('canary')
  })

  test('is cut at 4 KB, between characters', () => {
    const { responseBody } = mask({ list: Array.from({ length: 2_000 }, () => 'è €') })
    expect(Buffer.byteLength(responseBody ?? '')).toBeLessThanOrEqual(4_096)
    expect(responseBody).toMatch(/…$/)
    expect(responseBody).not.toContain('\uFFFD')
    expect(Buffer.byteLength(mask('è'.repeat(9_000)).responseBody ?? '')).toBeLessThanOrEqual(4_096)
  })

  test('names characters that cannot be seen', () => {
    expect(mask({ name: 'a\u202Eb' }).responseBody).toContain('a⟨U+202E⟩b')
  })

  test('never holds a secret, wherever the answer puts it', () => {
    const secret = fc
      .stringMatching(/^[A-Za-z0-9_+/=.-]{20,60}$/)
      .filter((text) => /\d/.test(text) && /[A-Za-z]/.test(text))
    const spell = fc.constantFrom(
      (text: string) => text,
      (text: string) => Buffer.from(text).toString('base64'),
      encodeURIComponent,
      (text: string) => JSON.stringify(text),
    )
    const wrap = fc.constantFrom<(text: string) => unknown>(
      (text) => ({ access_token: text }),
      (text) => ({ message: `it is ${text}, sorry` }),
      (text) => [{ deep: [{ [text]: text }] }],
      (text) => `<html>${text}</html>`,
      (text) => `{"access_token":"${text}`,
      (text) => text,
    )
    fc.assert(
      fc.property(secret, spell, wrap, (...[value, write, place]) => {
        const sent = userInfoRequest({ url: request.url, accessToken: accessToken(value) })
        const exchange = maskExchange({
          request: sent,
          result: answerOf(place(write(value))),
          startedAt,
          durationMs: 1,
        })
        const printed = JSON.stringify(exchange)
        expect(printed).not.toContain(value)
        expect(printed).not.toContain(write(value))
        expect(printed).not.toContain(value.slice(0, 16))
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('recording', () => {
  test('lets somebody watch answers and failures, masked', async () => {
    const seen: MaskedExchange[] = []
    const answers = [Response.json({ access_token: 'access-0123456789-abcd' }), new Response(null, { status: 302 })]
    const transport = createTransport({
      fetch: async () => answers.shift() ?? Response.error(),
      clock: () => startedAt,
    })
    const watched = recordExchanges(transport, {
      clock: () => startedAt,
      onExchange: (exchange) => seen.push(exchange),
    })
    expect((await watched(request)).body.reveal()).toContain('access-0123456789-abcd')
    await expect(watched(request)).rejects.toMatchObject({ reason: 'redirect' })
    expect(seen).toMatchObject([
      { status: 200, failure: null, startedAt, responseBody: '{\n  "access_token": "••••abcd"\n}' },
      { status: 302, startedAt },
    ])
  })

  test('loses no token over a watcher that throws', async () => {
    const transport = createTransport({ fetch: async () => Response.json({ access_token: 'a' }) })
    const watched = recordExchanges(transport, {
      onExchange: () => {
        throw new Error('full')
      },
    })
    expect((await watched(request)).body.reveal()).toContain('"a"')
  })
})

test.each([
  ['the property 630 is missing', 'the property 630 is missing'],
  ['errNoResourcesForIdentity', 'errNoResourcesForIdentity'],
  ['2023-10-09T10:32:18.36Z[UTC]', '2023-10-09T10:32:18.36Z[UTC]'],
  [
    'https://console.example/oauth/callback/0192f0c17b1a7c3d',
    'https://console.example/oauth/callback/0192f0c17b1a7c3d',
  ],
  ['https://console.example/?code=0192f0c17b1a7c3d8e4f', 'https://console.example/?••••'],
  ['token 0192f0c17b1a7c3d8e4f', 'token ••••'],
  ['token sbx_qPzWvLkMnXyRtBcDfGhJsTeUaIoKmNbV', 'token ••••'],
  ['ApiAccommodationNotVisibleException', 'ApiAccommodationNotVisibleException'],
  ['ACCOMMODATION_NOT_FOUND', 'ACCOMMODATION_NOT_FOUND'],
])('shows the text %s as %s', (text, shown) => {
  expect(maskText(text)).toBe(shown)
})

test.each([
  ['', 'empty'],
  ['<html>x</html>', 'a page, 14 characters'],
  ['{"a":', 'broken JSON, 5 characters'],
  ['Caller', 'text, 6 characters'],
  [
    '{"a":"xyz","b":[1,2],"c":null,"d":true,"e":{},"f":[]}',
    '{a: string(3), b: [2 × number], c: null, d: boolean, e: {}, f: []}',
  ],
  ['{"sk4canary9sk4canary9":1,"a b":1}', '{?: number, ?: number}'],
  ['{"a":{"b":{"c":{"d":{"e":1}}}}}', '{a: {b: {c: {d: …}}}}'],
  [
    JSON.stringify(Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`k${index}`, 1]))),
    expect.stringMatching(/k29: number, …}$/),
  ],
])('describes %s as %s, which holds no value', (text, shape) => {
  expect(describeShape(text)).toEqual(shape)
})
