import { describe, expect, it } from 'vitest'
import { fingerprintOf, HOUR, noAnswer, openClient, problem, token, type Asked } from '../tests/fake-keyrack'

const OCTORATE = 'https://api.octorate.com/connect/rest/v1/reservation'
const target = { connectionId: 'c-1' }
const failure = (wanted: Promise<unknown>) => wanted.then(() => null, (error: unknown) => error)
const refuse = (status: number, type: string) => Response.json({ type, message: 'no' }, { status })
const bearer = ({ headers }: Asked) => headers.get('authorization')
const expired = () => refuse(403, 'ApiLoginExpired')

/** Keyrack gives t1 until it is reported, then t2; Octorate takes what `octorate` says. */
function scene(octorate: (asked: Asked) => Response, outcome = 'refreshed') {
  let current = 1
  const calls = openClient((asked: Asked) => {
    if (!asked.path.startsWith('/api/v1/')) return octorate(asked)
    if (asked.path.endsWith('/access-token')) return token(`t${current}`)
    if (outcome === 'refreshed') current = 2
    return outcome === 'away' ? noAnswer() : Response.json({ outcome })
  })
  const reports = () => calls.asked.filter(({ path }) => path.endsWith('/rejected'))
  const sent = () => calls.asked.filter(({ path }) => path.startsWith('/connect/'))
  return { ...calls, reports, sent }
}

describe('fetchWithToken', () => {
  it('adds the token and keeps everything else of the request', async () => {
    const { client, sent } = scene(() => Response.json({ ok: 1 }))
    const response = await client.fetchWithToken(target, OCTORATE, { method: 'POST', headers: { accept: 'text/x' }, body: 'hello' })
    expect(await response.json()).toEqual({ ok: 1 })
    expect(sent()).toMatchObject([{ method: 'POST', body: 'hello' }])
    expect([sent()[0]?.headers.get('accept'), sent().map(bearer)]).toEqual(['text/x', ['Bearer t1']])
  })

  it.each([
    ['403 ApiLoginExpired', expired],
    ['401 ApiKeyInvalid', () => refuse(401, 'ApiKeyInvalid')],
    ['401 without a body', () => new Response(null, { status: 401 })],
  ])('reports the token at %s and calls once more with the next', async (_, refusal) => {
    const { client, sent, reports } = scene((asked) => (bearer(asked) === 'Bearer t2' ? Response.json({ ok: 1 }) : refusal()))
    const response = await client.fetchWithToken(target, new Request(OCTORATE, { method: 'PUT', body: 'hello' }))
    expect(await response.json()).toEqual({ ok: 1 })
    expect(sent()).toMatchObject([{ method: 'PUT', body: 'hello' }, { method: 'PUT', body: 'hello' }])
    expect(sent().map(bearer)).toEqual(['Bearer t1', 'Bearer t2'])
    const { status } = refusal()
    expect(reports()).toMatchObject([{ path: '/api/v1/connections/c-1/access-token/rejected', body: { fingerprint: fingerprintOf('t1'), status } }])
  })

  it.each([
    ['a quota', 403, 'ApiQuotaException'],
    ['another property', 403, 'ApiSecurityException'],
    ['the wrong environment', 403, 'WrongEnviroment'],
    ['an error of Octorate', 500, 'InternalServerError'],
  ])('returns a refusal about %s as it is and reports nothing, because no token helps', async (_, status, type) => {
    const { client, sent, reports } = scene(() => refuse(status, type))
    const response = await client.fetchWithToken(target, OCTORATE)
    expect([response.status, await response.json()]).toMatchObject([status, { type }])
    expect([sent().length, reports().length]).toEqual([1, 0])
  })

  it('tries once more only, whatever Octorate answers then', async () => {
    const { client, sent, reports } = scene(expired)
    expect((await client.fetchWithToken(target, OCTORATE)).status).toBe(403)
    expect([sent().length, reports().length]).toEqual([2, 1])
  })

  it('reports once for fifty calls that met the same refusal', async () => {
    const { client, sent, reports, asked } = scene((call) => (bearer(call) === 'Bearer t2' ? new Response('ok') : expired()))
    const responses = await Promise.all(Array.from({ length: 50 }, () => client.fetchWithToken(target, OCTORATE)))
    expect(responses.every(({ status }) => status === 200)).toBe(true)
    expect([sent().length, reports().length, asked.filter(({ path }) => path.endsWith('/access-token')).length]).toEqual([100, 1, 2])
  })

  it('does not report a late refusal of a token that was replaced meanwhile', async () => {
    let answerLate: (response: Response) => void = () => undefined
    const late = new Promise<Response>((resolve) => (answerLate = resolve))
    let calls = 0
    const { client, reports } = openClientWith(async () => ((calls += 1) === 1 ? late : calls === 2 ? expired() : new Response('ok')))
    const slow = client.fetchWithToken(target, OCTORATE)
    await client.getAccessToken(target)
    await client.fetchWithToken(target, OCTORATE)
    answerLate(expired())
    expect((await slow).status).toBe(200)
    expect(reports()).toBe(1)
  })

  it('does not take the refused token for the next one when it was just being asked for anew', async () => {
    let current = 1
    const renewal: { answer: (response: Response) => void; asked: number } = { answer: () => undefined, asked: 0 }
    const { client, clock } = openClient(async (asked: Asked) => {
      if (!asked.path.startsWith('/api/v1/')) return bearer(asked) === 'Bearer t2' ? new Response('ok') : expired()
      if (asked.path.endsWith('/rejected')) {
        current = 2
        return Response.json({ outcome: 'refreshed' })
      }
      renewal.asked += 1
      return renewal.asked === 2 ? new Promise<Response>((resolve) => (renewal.answer = resolve)) : token(`t${current}`)
    })
    await client.getAccessToken(target)
    await clock.advance(12 * HOUR)
    expect(renewal.asked).toBe(2)
    expect((await client.fetchWithToken(target, OCTORATE)).status).toBe(200)
    renewal.answer(token('t1'))
    await clock.advance(1)
    expect((await client.getAccessToken(target)).value).toBe('t2')
  })

  it.each(['away', 'not_about_the_token', 'temporarily_unavailable'])("returns Octorate's answer when the report ends with %s", async (outcome) => {
    const { client, sent } = scene(expired, outcome)
    const response = await client.fetchWithToken(target, OCTORATE)
    expect([response.status, await response.json(), sent().length]).toMatchObject([403, { type: 'ApiLoginExpired' }, 1])
  })

  it('says that a reconnect is required when Keyrack says so after the report', async () => {
    const { client, asked } = openClient([token('t1'), expired(), Response.json({ outcome: 'refresh_refused' }), problem(409, 'reconnect_required')])
    expect(await failure(client.fetchWithToken(target, OCTORATE))).toMatchObject({ name: 'ReconnectRequiredError' })
    expect(asked.length).toBe(4)
  })

  it('does not send a stream twice, but has the other token for the next call', async () => {
    const { client, sent } = scene((asked) => (bearer(asked) === 'Bearer t2' ? new Response('ok') : expired()))
    const body = new Blob(['hello']).stream()
    const first = await client.fetchWithToken(target, OCTORATE, { method: 'POST', body, duplex: 'half' } as RequestInit)
    expect([first.status, sent().length]).toEqual([403, 1])
    expect((await client.fetchWithToken(target, OCTORATE)).status).toBe(200)
    expect(sent().map(bearer)).toEqual(['Bearer t1', 'Bearer t2'])
  })

  it('sends no token over plain http, except on this machine', async () => {
    const { client, asked } = scene(() => new Response('ok'))
    expect(await failure(client.fetchWithToken(target, 'http://api.octorate.com/x'))).toBeInstanceOf(TypeError)
    expect(asked.length).toBe(0)
    expect((await client.fetchWithToken(target, 'http://127.0.0.1:3001/connect/x')).status).toBe(200)
  })

  function openClientWith(octorate: () => Promise<Response>) {
    let current = 1
    const calls = openClient(({ path }: Asked) => {
      if (!path.startsWith('/api/v1/')) return octorate()
      if (path.endsWith('/access-token')) return token(`t${current}`)
      current += 1
      return Response.json({ outcome: 'refreshed' })
    })
    return { ...calls, reports: () => calls.asked.filter(({ path }) => path.endsWith('/rejected')).length }
  }
})

describe('reportRejected', () => {
  it('tells Keyrack and asks for another token next time', async () => {
    const { client, asked } = scene(() => new Response('ok'))
    const refused = await client.getAccessToken(target)
    expect(await client.reportRejected(refused, { status: 401, type: 'ApiKeyInvalid' })).toBe('refreshed')
    expect(asked[1]?.body).toEqual({ fingerprint: fingerprintOf('t1'), status: 401, type: 'ApiKeyInvalid' })
    expect((await client.getAccessToken(target)).value).toBe('t2')
  })

  it('keeps the token when the refusal had another cause', async () => {
    const { client, asked } = scene(() => new Response('ok'), 'not_about_the_token')
    const refused = await client.getAccessToken(target)
    expect(await client.reportRejected(refused, { status: 403, type: 'ApiQuotaException' })).toBe('not_about_the_token')
    await client.getAccessToken(target)
    expect(asked.length).toBe(2)
  })

  it('repeats a report that led to nothing after half a minute at the earliest, because every call meets the refusal', async () => {
    const { client, clock, reports } = scene(expired, 'temporarily_unavailable')
    for (let call = 0; call < 5; call += 1) expect((await client.fetchWithToken(target, OCTORATE)).status).toBe(403)
    expect(reports().length).toBe(1)
    await clock.advance(30_000)
    expect((await client.fetchWithToken(target, OCTORATE)).status).toBe(403)
    expect(reports().length).toBe(2)
  })

  it('does not take an answer for one that is none', async () => {
    const { client } = scene(() => new Response('ok'), 'perhaps')
    expect(await failure(client.reportRejected(await client.getAccessToken(target), { status: 401 }))).toMatchObject({ code: 'not_keyrack' })
  })
})
