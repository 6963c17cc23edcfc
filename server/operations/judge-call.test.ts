import { expect, test } from 'vitest'
import { Secret } from '../crypto/secret'
import { TOKEN_LIMITS, type UpstreamRequest } from '../octorate/upstream-request'
import { judgeCall } from './judge-call'

const request: UpstreamRequest = {
  call: 'refresh', method: 'POST', url: 'https://api.octorate.example/identity/refresh', bearer: null, limits: TOKEN_LIMITS,
  body: { kind: 'form', fields: [['client_id', 'shop'], ['client_secret', Secret.of('quiet words')], ['refresh_token', Secret.of('plain-text-token')]] },
}
const answer = (status: number, body: string) => ({
  status, body: Secret.of(body), encoding: 'utf-8' as const, sentAt: new Date(0), receivedAt: new Date(5), durationMs: 5,
  headers: { contentType: 'application/json', requestId: null, date: null, retryAfter: null, rateLimitRemaining: null, rateLimitCost: null },
})
const judge = (status: number, body: string) => judgeCall({ request, result: answer(status, body), startedAt: new Date(0), durationMs: 5 })

test('messages and types that repeat what was sent are masked, however plain the secret looks', () => {
  const judged = judge(400, JSON.stringify({ message: 'quiet words is wrong', type: 'plain-text-token', nested: [{ message: 'so is plain-text-token' }] }))
  expect(judged.messages).toEqual(['•••• is wrong', 'so is ••••'])
  expect(JSON.stringify(judged)).not.toMatch(/quiet words|plain-text-token/)
})

test('nested messages follow their own, each once', () => {
  const nested = [{ message: 'Name is missing', element: '$.name' }, { message: 'Name is missing', element: '$.name' }]
  const { messages, cause, type } = judge(422, JSON.stringify({ message: 'Not valid', type: 'ApiValidationFailed', nested }))
  expect({ messages, cause, type }).toEqual({ messages: ['Not valid', 'Name is missing · $.name'], cause: 'validation', type: 'ApiValidationFailed' })
})

test('no answer, an error of the server and a page are told apart, because each is somebody else’s turn', () => {
  expect(judgeCall({ request, result: new Error('gone'), startedAt: new Date(0), durationMs: 1 })).toMatchObject({ status: null, cause: 'unreachable' })
  expect(judge(503, '').cause).toBe('upstream_error')
  expect(judge(200, '{}').cause).toBeNull()
})
