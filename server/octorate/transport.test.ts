import { inspect } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accessToken, authorizationCode, clientSecret } from '@/server/crypto/tokens'
import { REQUEST_ID } from './answer-for-tests'
import { codeExchangeRequest } from './code-exchange'
import { createTransport } from './transport'
import { userInfoRequest } from './user-info'

const URL_OF_TOKEN = 'https://api.octorate.example/connect/rest/v1/identity/token'
const SECRET = 'secret_47ff49e5533047a994869a01'
const request = codeExchangeRequest({
  url: URL_OF_TOKEN,
  clientId: 'public_a1',
  clientSecret: clientSecret(SECRET),
  redirectUri: 'https://localhost',
  code: authorizationCode('code-1234567890'),
})
const read = userInfoRequest({
  url: 'https://api.octorate.example/rest/v1/user/info',
  accessToken: accessToken('bearer-1234567890'),
})

interface Sent {
  readonly url: string
  readonly init: RequestInit
}

/** A `fetch` that notes what it is asked to send and answers as told. */
function fetchThat(answer: () => Response | Promise<Response>) {
  const sent: Sent[] = []
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    sent.push({ url: String(url), init })
    return answer()
  }
  return { fetch, sent }
}

function neverEnding(chunk: string) {
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode(chunk))
    },
  })
}

describe('what is sent', () => {
  test('is a form in the body, and neither code nor secret in the address', async () => {
    const { fetch, sent } = fetchThat(() => Response.json({}))
    await createTransport({ fetch })(request)
    expect(sent).toHaveLength(1)
    expect(sent[0]?.url).toBe(URL_OF_TOKEN)
    expect(sent[0]?.init).toMatchObject({
      method: 'POST',
      body: `client_id=public_a1&client_secret=${SECRET}&redirect_uri=https%3A%2F%2Flocalhost&grant_type=code&code=code-1234567890`,
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    })
  })

  test('is a bearer in the Authorization header, and no body, for a read', async () => {
    const { fetch, sent } = fetchThat(() => Response.json({}))
    await createTransport({ fetch })(read)
    expect(sent[0]?.init).toMatchObject({ method: 'GET', headers: { authorization: 'Bearer bearer-1234567890' } })
    expect(sent[0]?.init).not.toHaveProperty('body')
  })

  test('arrives byte for byte, whatever a secret is made of', async () => {
    const bodies: string[] = []
    const transport = createTransport({
      fetch: async (_url, init) => {
        bodies.push(await new Request('http://localhost/', init).text())
        return Response.json({})
      },
    })
    const secret = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc
        .array(fc.constantFrom('+', '%2B', 'é', ' ', '&', '=', '%', '#', '\n', '😀', 'a'), { minLength: 1 })
        .map((parts) => parts.join('')),
    )
    await fc.assert(
      fc.asyncProperty(secret, async (value) => {
        await transport({ ...request, body: { kind: 'form', fields: [['client_secret', clientSecret(value)]] } })
        expect([...new URLSearchParams(bodies.pop())]).toEqual([['client_secret', value]])
      }),
      { numRuns: 2_000 },
    )
  })

  test.each(['a\r\nx: y', 'a b', 'é', ''])(
    'is never the bearer %j, because a header cannot carry it',
    async (value) => {
      const { fetch, sent } = fetchThat(() => Response.json({}))
      await expect(createTransport({ fetch })(userInfoRequest({ url: read.url, accessToken: accessToken(value) }))).rejects.toThrow(TypeError)
      expect(sent).toEqual([])
    },
  )
})

describe('where it is sent', () => {
  const targets: ReadonlyArray<[url: string, allowedOrigins: string[] | undefined]> = [
    ['http://api.octorate.example/x', undefined],
    ['ftp://127.0.0.1/x', undefined],
    ['http://127.0.0.1.evil.test/x', undefined],
    ['https://user:pass@api.octorate.example/x', undefined],
    ['https://api.octorate.example/x?client_secret=1', undefined],
    ['https://api.octorate.example/x?page=1&token=2', undefined],
    ['https://evil.test/x', ['https://api.octorate.example']],
    ['https://api.octorate.example:8443/x', ['https://api.octorate.example']],
    ['http://api.octorate.example/x', ['https://api.octorate.example']],
    ['http://127.0.0.1:4011/x', ['http://127.0.0.1:4010']],
  ]
  test.each(targets)('refuses %s while %j may be called', async (url, allowedOrigins) => {
    const { fetch, sent } = fetchThat(() => Response.json({}))
    const transport = createTransport({ fetch, ...(allowedOrigins && { allowedOrigins }) })
    await expect(transport({ ...request, url })).rejects.toThrow(TypeError)
    expect(sent).toEqual([])
  })

  test.each(['https://api.octorate.example/x', 'http://127.0.0.1:4010/x', 'http://localhost:4010/x?page=3'])(
    'calls %s',
    async (url) => {
      const { fetch, sent } = fetchThat(() => Response.json({}))
      await createTransport({ fetch })({ ...request, url })
      expect(sent).toHaveLength(1)
    },
  )
})

describe('what comes back', () => {
  test('is the answer as it came, not interpreted', async () => {
    const headers = {
      'content-type': 'application/json;charset=UTF-8',
      'request-id': REQUEST_ID,
      date: 'Sun, 01 Mar 2026 12:00:00 GMT',
      'retry-after': '7',
      'x-ratelimit-remaining': '42',
      'x-ratelimit-additional-cost': '2',
      'set-cookie': 'session=1',
    }
    const { fetch } = fetchThat(() => new Response('{"a":1', { status: 403, headers }))
    const answer = await createTransport({ fetch, clock: () => new Date('2026-03-01T12:00:00Z') })(request)
    expect(answer).toMatchObject({
      status: 403,
      headers: {
        contentType: 'application/json;charset=UTF-8',
        requestId: REQUEST_ID,
        date: 'Sun, 01 Mar 2026 12:00:00 GMT',
        retryAfter: '7',
        rateLimitRemaining: 42,
        rateLimitCost: 2,
      },
      encoding: 'utf-8',
      sentAt: new Date('2026-03-01T12:00:00Z'),
    })
    expect(answer.body.reveal()).toBe('{"a":1')
    expect(answer.receivedAt.getTime() - answer.sentAt.getTime()).toBe(answer.durationMs)
    expect(JSON.stringify(answer)).not.toMatch(/session|\{\\"a/)
  })

  test('forgets headers that are not what they should be, because they travel into logs', async () => {
    const headers = { 'request-id': `token ${SECRET}`, 'x-ratelimit-remaining': '-1', 'retry-after': 'x'.repeat(300) }
    const { fetch } = fetchThat(() => new Response(null, { status: 204, headers }))
    const answer = await createTransport({ fetch })(request)
    expect(answer.headers).toMatchObject({
      requestId: null,
      rateLimitRemaining: null,
      retryAfter: null,
      contentType: null,
    })
    expect(answer.body.reveal()).toBe('')
  })

  test('drops a byte order mark and keeps bytes that are not UTF-8, because a token may be in them', async () => {
    const bytes = [
      new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]),
      new Uint8Array([0x7b, 0xe9, 0x7d]),
      new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
    ]
    const transport = createTransport({ fetch: async () => new Response(bytes.shift()) })
    const [marked, latin, wide] = [await transport(request), await transport(request), await transport(request)]
    expect([marked.body.reveal(), marked.encoding]).toEqual(['{}', 'utf-8'])
    expect([latin.body.reveal(), latin.encoding]).toEqual(['{é}', 'latin1'])
    expect(wide.encoding).toBe('latin1')
  })

  test('is measured on a clock that does not jump', async () => {
    const times = [new Date('2026-03-01T12:00:00Z'), new Date('2026-03-02T12:00:00Z')]
    const { fetch } = fetchThat(() => Response.json({}))
    const answer = await createTransport({ fetch, clock: () => times.shift() ?? new Date(0) })(request)
    expect(answer.receivedAt.getTime() - answer.sentAt.getTime()).toBeLessThan(5_000)
  })
})

describe('limits', () => {
  test.each([300, 301, 302, 303, 304, 307, 308])(
    'answer %i is an error of its own, because nobody follows it',
    async (status) => {
      const { fetch, sent } = fetchThat(
        () => new Response(null, { status, headers: { location: `https://evil.test/?code=${SECRET}` } }),
      )
      const failure = createTransport({ fetch })(request)
      await expect(failure).rejects.toMatchObject({
        name: 'UpstreamNonconformance',
        reason: 'redirect',
        status,
        code: 'upstream_redirected',
      })
      expect(sent).toHaveLength(1)
    },
  )

  test('a body may be as large as its limit and not a byte larger', async () => {
    const sizes = [65_536, 65_537]
    const transport = createTransport({ fetch: async () => new Response('x'.repeat(sizes.shift() ?? 0)) })
    expect((await transport(request)).body.reveal()).toHaveLength(65_536)
    await expect(transport(request)).rejects.toMatchObject({ name: 'UpstreamNonconformance', reason: 'too_large' })
  })

  test('a body that announces too much is not read at all', async () => {
    let pulls = 0
    const body = new ReadableStream(
      {
        pull: () => {
          pulls += 1
        },
      },
      { highWaterMark: 0 },
    )
    const { fetch } = fetchThat(() => new Response(body, { headers: { 'content-length': '65537' } }))
    await expect(createTransport({ fetch })(request)).rejects.toMatchObject({ reason: 'too_large' })
    expect(pulls).toBe(0)
  })

  test('reads have a larger limit than tokens', async () => {
    const transport = createTransport({ fetch: async () => new Response('x'.repeat(262_144)) })
    expect((await transport(read)).body.reveal()).toHaveLength(262_144)
  })

  test('a body that never ends is cut off', async () => {
    const { fetch } = fetchThat(() => new Response(neverEnding('x'.repeat(1_000))))
    await expect(createTransport({ fetch })(request)).rejects.toMatchObject({ reason: 'too_large' })
  })

  test('a call that nobody answers ends at its deadline, in either phase', async () => {
    const silent = createTransport({ fetch: () => new Promise(() => {}), limits: { headersMs: 20 } })
    await expect(silent(request)).rejects.toMatchObject({
      name: 'UpstreamUnreachable',
      reason: 'timeout_headers',
      maybeProcessed: true,
      retryable: true,
      code: 'upstream_timeout',
    })
    const stuck = new ReadableStream({ pull: () => new Promise(() => {}) })
    const half = createTransport({ fetch: async () => new Response(stuck), limits: { wholeMs: 20 } })
    await expect(half(request)).rejects.toMatchObject({ reason: 'timeout_body', maybeProcessed: true })
  })
})

describe('what is thrown', () => {
  test.each([
    ['ECONNREFUSED', false],
    ['ENOTFOUND', false],
    ['EAI_AGAIN', false],
    ['UND_ERR_CONNECT_TIMEOUT', false],
    ['CERT_HAS_EXPIRED', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', false],
    ['ECONNRESET', true],
    ['UND_ERR_SOCKET', true],
    ['EPIPE', true],
  ])('tells of %s whether Octorate may have acted: %j', async (networkCode, maybeProcessed) => {
    const cause = Object.assign(new Error('low level'), { code: networkCode })
    const { fetch } = fetchThat(() => Promise.reject(new TypeError('fetch failed', { cause })))
    await expect(createTransport({ fetch })(request)).rejects.toMatchObject({
      name: 'UpstreamUnreachable',
      reason: 'connection',
      networkCode,
      maybeProcessed,
      code: 'upstream_unreachable',
    })
  })

  test('quotes neither the request nor the client below', async () => {
    const failures = [
      () => Promise.reject(new TypeError(`bad header ${SECRET}`, { cause: { code: SECRET } })),
      () =>
        new Response(null, { status: 302, headers: { location: `https://evil.test/${SECRET}`, 'request-id': SECRET } }),
      () => new Response(`${SECRET}`.repeat(10_000)),
    ]
    for (const answer of failures) {
      const error: unknown = await createTransport({ fetch: fetchThat(answer).fetch })(request).catch(
        (caught: unknown) => caught,
      )
      expect(error).toBeInstanceOf(Error)
      expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toMatch(
        /47ff49e5|code-1234|evil/,
      )
    }
  })
})
