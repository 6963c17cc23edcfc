import { describe, expect, it } from 'vitest'
import { checkApiClient, NO_MISTAKES, type ApiClientField, type ApiClientValues } from './check-api-client'

const GOOD: ApiClientValues = {
  name: 'Front desk sync',
  clientId: 'public_9f2c41d7',
  clientSecret: 'secret_51f0c2aa7b',
  environment: 'SANDBOX',
  upstreamId: 'octorate',
  apiVersion: 'v1',
  redirect: 'ours',
  redirectUri: '',
}
const ALL: readonly ApiClientField[] = ['name', 'clientId', 'clientSecret', 'environment', 'upstreamId', 'apiVersion', 'redirectUri']

function check(change: Partial<ApiClientValues>, options: { allowLoopbackHttp?: boolean; fields?: readonly ApiClientField[] } = {}) {
  return checkApiClient({ ...GOOD, ...change }, { allowLoopbackHttp: false, fields: ALL, ...options })
}

describe('checkApiClient', () => {
  it('lets a form pass that the server would take', () => {
    expect(check({})).toBe(NO_MISTAKES)
    expect(check({ redirect: 'other', redirectUri: ' https://localhost ' })).toBe(NO_MISTAKES)
  })

  it('names every wrong field at once', () => {
    expect(check({ name: ' ', clientId: 'a b c d', clientSecret: '', apiVersion: '1' })).toEqual({
      name: true, clientId: true, clientSecret: true, apiVersion: true,
    })
  })

  it('forgives blanks around what was pasted, because mails carry them', () => {
    expect(check({ clientId: ' public_9f2c41d7\n', clientSecret: '\tsecret_51f0c2aa7b ' })).toBe(NO_MISTAKES)
  })

  it('looks at the redirect URI only where one is chosen, because ours is always right', () => {
    expect(check({ redirect: 'ours', redirectUri: 'http://example.com' })).toBe(NO_MISTAKES)
    expect(check({ redirect: 'other', redirectUri: 'http://example.com' })).toEqual({ redirectUri: true })
    expect(check({ redirect: 'other', redirectUri: '' })).toEqual({ redirectUri: true })
  })

  it('takes http on this machine for the sandbox alone', () => {
    const loopback = { redirect: 'other', redirectUri: 'http://localhost:4000/back' } as const
    expect(check(loopback, { allowLoopbackHttp: true })).toBe(NO_MISTAKES)
    expect(check(loopback, { allowLoopbackHttp: false })).toEqual({ redirectUri: true })
  })

  it('passes over fields that a form does not hold, as an edit has no secret', () => {
    expect(check({ clientSecret: '' }, { fields: ['name', 'environment', 'apiVersion', 'redirectUri'] })).toBe(NO_MISTAKES)
  })
})
