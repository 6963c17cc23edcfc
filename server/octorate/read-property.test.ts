import { describe, expect, test } from 'vitest'
import { adminToken } from '@/server/crypto/tokens'
import { answerOf, REQUEST_ID, thrownBy } from './answer-for-tests'
import { processReadPropertyResponse, readProperty, readPropertyRequest } from './read-property'
import { createTransport } from './transport'

const bearer = adminToken('admin-1234567890')
const url = 'https://api.x/rest/v1/accommodation'

describe('a property that is read by address', () => {
  test('has its id in the path, as one part of it', () => {
    expect(readPropertyRequest({ url, adminToken: bearer, propertyId: '12/../34?x' }).url).toBe(`${url}/12%2F..%2F34%3Fx`)
  })

  test.each([{ id: '630', name: 'Hotel Aurora' }, { id: 630 }])('is the one that was asked for: %j', (body) => {
    expect(thrownBy(() => processReadPropertyResponse(answerOf(body), '630'))).toBeUndefined()
  })

  test.each<[string, unknown, Parameters<typeof answerOf>[1], string]>([
    ['another property', { id: '631' }, {}, 'shape'],
    ['no property', {}, {}, 'shape'],
    ['a list', [{ id: '630' }], {}, 'shape'],
    ['null', 'null', {}, 'shape'],
    ['a page', '<html></html>', { contentType: 'text/html' }, 'content_type'],
    ['nothing', '', {}, 'empty'],
    ['an id twice', '{"id":"1","id":"630"}', {}, 'duplicate_key'],
  ])('is not proved by %s', (...[, body, facts, reason]) => {
    expect(thrownBy(() => processReadPropertyResponse(answerOf(body, facts), '630'))).toMatchObject({
      name: 'UpstreamNonconformance', call: 'property_by_address', reason,
    })
  })

  test("is refused to an address that is not listed, in the contract's words", () => {
    const refusal = { type: 'ApiSecurityException', message: 'errNoResourcesForIdentity' }
    expect(thrownBy(() => processReadPropertyResponse(answerOf(refusal, { status: 403 }), '630'))).toMatchObject({
      name: 'UpstreamRefusal', kind: 'wrong_token_kind', status: 403, requestId: REQUEST_ID,
    })
  })

  test('is asked for with the admin token', async () => {
    const seen: (string | null)[] = []
    const transport = createTransport({
      fetch: async (_url, init) => {
        seen.push(new Headers(init?.headers).get('authorization'))
        return Response.json({ id: '630' })
      },
    })
    expect(await readProperty(transport, { url, adminToken: bearer, propertyId: '630' })).toMatchObject({ status: 200 })
    expect(seen).toEqual(['Bearer admin-1234567890'])
  })
})
