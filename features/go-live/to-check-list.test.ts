import { describe, expect, it } from 'vitest'
import { toCheckList } from './to-check-list'

const NOW = '2026-03-01T12:00:00.000Z'
const URI = 'https://a.example/cb'
const token = (expiresAt: string) => ({ last4: 'abcd', issuedAt: NOW, expiresAt })
const fresh = {
  strategy: null, now: NOW, letters: [],
  apiClient: { adminToken: null, connectionCount: 0, environment: 'SANDBOX' as const },
  uris: { inUse: URI, live: null, wanted: [] },
}
const live = (uris: string[], environment: 'SANDBOX' | 'PRODUCTION' = 'SANDBOX') => ({ uris, environment, readAt: NOW })
const statusesOf = (facts: Parameters<typeof toCheckList>[0]) => Object.fromEntries(toCheckList(facts).map(({ name, status }) => [name, status]))

describe('the check-list', () => {
  it('begins with what was saved and nothing else', () => {
    expect(statusesOf(fresh)).toEqual({
      saved: 'pass', admin_token: 'pending', redirect_uri: 'pending', first_connection: 'pending', all_uris: 'pending', production_requested: 'pending', production: 'pending',
    })
  })

  it('ticks itself off by what is so', () => {
    const facts = {
      ...fresh,
      apiClient: { adminToken: token('2027-03-01T12:00:00.000Z'), connectionCount: 1, environment: 'PRODUCTION' as const },
      uris: { inUse: URI, live: live([URI], 'PRODUCTION'), wanted: [{ id: 'x', uri: URI, note: null, createdAt: NOW }] },
    }
    expect(new Set(Object.values(statusesOf(facts)))).toEqual(new Set(['pass']))
  })

  it('warns of what was well once, or is not well although it was looked at', () => {
    expect(statusesOf({ ...fresh, apiClient: { ...fresh.apiClient, adminToken: token('2026-02-01T12:00:00.000Z') } })).toMatchObject({ admin_token: 'warn' })
    expect(statusesOf({ ...fresh, uris: { ...fresh.uris, live: live(['https://b.example/']) } })).toMatchObject({ redirect_uri: 'warn' })
    expect(statusesOf({ ...fresh, uris: { ...fresh.uris, live: live([URI], 'PRODUCTION') } })).toMatchObject({ production: 'warn', production_requested: 'pass' })
  })

  it('takes a letter that was sent for a request, and one that was only drafted for none', () => {
    expect(statusesOf({ ...fresh, letters: [{ kind: 'production', state: 'drafted' }] })).toMatchObject({ production_requested: 'pending' })
    expect(statusesOf({ ...fresh, letters: [{ kind: 'production', state: 'sent' }] })).toMatchObject({ production_requested: 'pass' })
  })

  it('asks for no redirect URI where every property is created, because nobody consents', () => {
    expect(Object.keys(statusesOf({ ...fresh, strategy: 'new_properties' }))).toEqual(['saved', 'admin_token', 'first_connection', 'production_requested', 'production'])
  })
})
