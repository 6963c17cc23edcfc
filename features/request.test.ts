import { afterEach, describe, expect, it, vi } from 'vitest'
import { changeApiClient, getApiClient } from '@/contracts/api-clients'
import { listConnections } from '@/contracts/connections'
import { listSessions, revokeSession } from '@/contracts/sessions'
import { UNATTENDED_HEADER } from '@/contracts/unattended'
import { presence } from './presence/presence'
import { callEndpoint, problemOf, ProblemError } from './request'

const ID = '0b8a9d4e-1c2f-4a5b-8c7d-9e0f1a2b3c4d'
const NO_CONNECTIONS = { items: [], nextCursor: null, previousCursor: null, total: 0 }

afterEach(() => vi.unstubAllGlobals())

/** Answers every call with `response` and keeps what was asked. */
function answerWith(response: Response | Error) {
  const fetched = vi.fn<(address: string, init: RequestInit) => Promise<Response>>(async () => {
    if (response instanceof Error) throw response
    return response
  })
  vi.stubGlobal('fetch', fetched)
  return fetched
}

async function refusalOf(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ProblemError)
  return problemOf(error)
}

describe('callEndpoint', () => {
  it('fills params into the path and leaves absent query values out', async () => {
    const fetched = answerWith(Response.json(NO_CONNECTIONS))
    await callEndpoint(listConnections, { query: { q: 'Roma & co', status: undefined, limit: 20 } })
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/connections?q=Roma+%26+co&limit=20')
  })

  it('says of a read that nobody has touched the page since the last, because such reads keep no session alive', async () => {
    const fetched = answerWith(Response.json(NO_CONNECTIONS))
    const says = () => new Headers(fetched.mock.lastCall?.[1].headers).has(UNATTENDED_HEADER)
    fetched.mockImplementation(async () => Response.json(NO_CONNECTIONS))
    presence.touch()
    await callEndpoint(listConnections, { query: {} })
    expect(says()).toBe(false)
    await callEndpoint(listConnections, { query: {} })
    expect(says()).toBe(true)
    await callEndpoint(revokeSession, { params: { id: ID } })
    expect(says()).toBe(false)
  })

  it('sends a body as JSON, because no other content type is read', async () => {
    const fetched = answerWith(Response.json({}))
    await refusalOf(callEndpoint(changeApiClient, { params: { id: ID }, body: { name: 'Front desk' } }))
    expect(fetched.mock.calls[0]).toEqual([
      `/api/api-clients/${ID}`,
      expect.objectContaining({
        method: 'PATCH',
        body: '{"name":"Front desk"}',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
      }),
    ])
  })

  it('sends no body where the endpoint takes none', async () => {
    const fetched = answerWith(Response.json({ items: [] }))
    await callEndpoint(revokeSession, { params: { id: ID } })
    expect(fetched.mock.calls[0]?.[1]).not.toHaveProperty('body')
  })

  it('cuts the answer to the shape of the contract', async () => {
    answerWith(Response.json({ items: [], surplus: true }))
    expect(await callEndpoint(listSessions)).toEqual({ items: [] })
  })

  it('throws the problem that the server wrote', async () => {
    const problem = {
      type: 'urn:keyrack:problem:not_found', title: 'gone', detail: 'look', status: 404, code: 'not_found', turn: 'you', requestId: 'r-1',
    }
    answerWith(Response.json(problem, { status: 404 }))
    expect(await refusalOf(callEndpoint(getApiClient, { params: { id: ID } }))).toEqual(problem)
  })

  it('speaks of an unreachable server, because a failed fetch has no answer to read', async () => {
    answerWith(new TypeError('Failed to fetch'))
    expect(await refusalOf(callEndpoint(listSessions))).toMatchObject({ code: 'unreachable', status: 0 })
  })

  it('speaks of an outdated page when the answer has another shape', async () => {
    answerWith(Response.json({ sessions: [] }, { headers: { 'x-request-id': 'r-2' } }))
    expect(await refusalOf(callEndpoint(listSessions))).toMatchObject({ code: 'outdated', requestId: 'r-2' })
  })

  it('keeps the request id of a refusal that is no problem of ours, such as one of a proxy', async () => {
    answerWith(new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'x-request-id': 'r-3' } }))
    expect(await refusalOf(callEndpoint(listSessions))).toMatchObject({ code: 'internal', status: 502, requestId: 'r-3' })
  })

  it('lets an abort through as it is, because nobody waits for the answer', async () => {
    const abort = new DOMException('gone', 'AbortError')
    answerWith(abort)
    await expect(callEndpoint(listSessions)).rejects.toBe(abort)
  })
})

describe('problemOf', () => {
  it('takes anything unforeseen for a mistake of ours', () => {
    expect(problemOf(new RangeError('x'))).toMatchObject({ code: 'internal', turn: 'operator', requestId: '' })
  })
})
