import { describe, expect, test } from 'vitest'
import { adminToken } from '@/server/crypto/tokens'
import { answerOf, thrownBy } from './answer-for-tests'
import { createPropertyRequest, processCreatePropertyResponse } from './create-property'

const property = { name: 'Casa Nuova', givenName: 'Ada', familyName: 'Neri', email: 'ada@casa.example', acceptDuplicates: false, welcomeUser: false }
const request = createPropertyRequest({ url: 'https://api.x/connect/rest/v2/accommodation', adminToken: adminToken('admin-1234567890'), property })
const policy = { allowSandboxTokens: false }
const read = (body: unknown, status = 200) => processCreatePropertyResponse(answerOf(body, { status }), policy)

describe('the request', () => {
  test('always says whether to mail the customer and to accept duplicates, because Octorate’s own defaults mail', () => {
    expect(request).toMatchObject({
      method: 'POST',
      body: { kind: 'json', value: { name: 'Casa Nuova', givenName: 'Ada', familyName: 'Neri', email: 'ada@casa.example', accept_duplicates: false, welcome_user: false } },
    })
  })

  test('spells what was given as Octorate does, and leaves out the rest', () => {
    const { body } = createPropertyRequest({ url: request.url, adminToken: adminToken('a'), property: { ...property, country: 'IT', networkName: 'Rossi' } })
    expect(body).toMatchObject({ value: { isoCountry: 'IT', network_name: 'Rossi' } })
    expect(Object.keys((body as { value: object }).value)).not.toContain('city')
  })
})

describe('the answer', () => {
  test.each([
    [{ status: 'created', id: '7', refresh_token: 'token-1' }],
    [{ status: 'CREATED_ACCOMMODATION', ids: [7], refresh_token: 'token-1' }],
    [{ codice: '7', identity: { refreshToken: 'token-1', accessToken: 'a' } }],
    [{ id: 7, refresh_token: 'token-1', refresh_properties: null, extra: {} }],
  ])('names property and token in %j', (body) => {
    const created = read(body)
    expect(created).toMatchObject({ outcome: 'created', upstreamId: '7', networkProperties: [] })
    expect(created.outcome === 'created' && created.refreshToken.reveal()).toBe('token-1')
    expect(JSON.stringify(created)).not.toContain('token-1')
  })

  test('names every property of a network that was joined', () => {
    expect(read({ id: '7', refresh_token: 't', refresh_properties: ['5', 6, '7'] })).toMatchObject({ networkProperties: ['5', '6', '7'] })
  })

  test('412 that names a property is an outcome, and another 412 is a refusal', () => {
    expect(read({ status: 'existing', id: '7' }, 412)).toEqual({ outcome: 'existing', upstreamId: '7' })
    expect(thrownBy(() => read({ message: 'no' }, 412))).toMatchObject({ name: 'UpstreamRefusal', kind: 'conflict' })
  })

  test.each([
    [{}], [{ id: '7' }], [{ refresh_token: 't' }], [{ id: '', refresh_token: 't' }], [{ id: '7', refresh_token: '' }], [{ id: '7', refresh_token: 'a b' }],
    [{ id: { id: 7 }, refresh_token: 't' }], [{ ids: ['7', '8'], refresh_token: 't' }], [{ id: '7', refresh_token: 7 }], [[]], ['text'],
    [{ id: '7', refresh_token: 't', refresh_properties: [{}] }],
  ])('%j is none that can be read, and quotes nobody', (body) => {
    const error = thrownBy(() => read(body))
    expect(error).toMatchObject({ name: 'UpstreamNonconformance' })
    expect(String(error)).not.toMatch(/a b|"t"/)
  })

  test('refuses a token of the sandbox from elsewhere', () => {
    expect(thrownBy(() => read({ id: '7', refresh_token: 'sbx_t' }))).toMatchObject({ name: 'UpstreamNonconformance' })
  })

  test.each([[503, 'UpstreamUnreachable'], [400, 'UpstreamRefusal'], [403, 'UpstreamRefusal']])('of status %d is %s', (status, name) => {
    expect(thrownBy(() => read({ message: 'x' }, status))).toMatchObject({ name })
  })
})
