import { describe, expect, it } from 'vitest'
import { bannerKind, connectionActs } from './connection-acts'

const healthy = { status: 'healthy', cause: null, hasRefreshToken: true, lastRefreshOutcome: 'ok' } as const
const failing = { status: 'refresh_failing', cause: 'quota', hasRefreshToken: true, lastRefreshOutcome: 'quota' } as const
const dead = { status: 'reconnect_required', cause: null, hasRefreshToken: true, lastRefreshOutcome: 'reconnect_required' } as const
const disconnected = { status: 'disconnected', cause: null, hasRefreshToken: false, lastRefreshOutcome: 'ok' } as const

describe('bannerKind', () => {
  it('is silent over a healthy connection', () => {
    expect(bannerKind(healthy)).toBeNull()
  })

  it('names the cause of a failing refresh, and `unknown` where none was kept', () => {
    expect(bannerKind(failing)).toBe('refresh_failing.quota')
    expect(bannerKind({ ...failing, cause: null })).toBe('refresh_failing.unknown')
  })

  it('warns of a missing refresh token before the access token ends, because nobody can renew it then', () => {
    expect(bannerKind({ ...healthy, hasRefreshToken: false })).toBe('no_refresh_token')
  })

  it('says of a disconnected one that it is so, and not that it lacks a token', () => {
    expect(bannerKind(disconnected)).toBe('disconnected')
  })
})

describe('a connection that an owner marked', () => {
  const marked = { ...dead, cause: 'operator_asked', hasRefreshToken: false } as const

  it('says so, because Octorate has ended nothing, and is mended by a consent alone', () => {
    expect(bannerKind(marked)).toBe('operator_asked')
    expect(connectionActs(marked, 'owner')).toEqual({ banner: 'connect', header: ['disconnect'] })
  })
})

describe('connectionActs', () => {
  it('offers an owner everything on a healthy connection', () => {
    expect(connectionActs(healthy, 'owner')).toEqual({ banner: null, header: ['refresh', 'connect', 'disconnect'] })
  })

  it('shows the act that mends in the banner and not again in the header', () => {
    expect(connectionActs(failing, 'owner')).toEqual({ banner: 'refresh', header: ['connect', 'disconnect'] })
    expect(connectionActs(dead, 'owner')).toEqual({ banner: 'connect', header: ['disconnect'] })
  })

  it('sends a developer to the API client when that is refused, because a refresh can only fail again', () => {
    const refused = { ...failing, cause: 'api_client_refused' } as const
    expect(connectionActs(refused, 'developer').banner).toBe('open-api-client')
    expect(connectionActs(refused, 'support')).toEqual({ banner: null, header: ['refresh', 'connect'] })
  })

  it('asks nobody for anything while one refusal is being confirmed', () => {
    const confirming = { ...failing, cause: 'unknown', lastRefreshOutcome: 'confirming' } as const
    expect(bannerKind(confirming)).toBe('confirming')
    expect(connectionActs(confirming, 'owner')).toEqual({ banner: null, header: ['refresh', 'connect', 'disconnect'] })
  })

  it('does not offer to refresh a dead grant, nor without a refresh token', () => {
    expect(connectionActs(dead, 'owner').header).not.toContain('refresh')
    expect(connectionActs({ ...healthy, hasRefreshToken: false }, 'owner')).toEqual({ banner: 'connect', header: ['disconnect'] })
  })

  it('lets only a new consent follow a disconnect', () => {
    expect(connectionActs(disconnected, 'owner')).toEqual({ banner: 'connect', header: [] })
  })

  it('keeps disconnecting from support, and everything from viewers', () => {
    expect(connectionActs(healthy, 'support').header).toEqual(['refresh', 'connect'])
    expect(connectionActs(dead, 'viewer')).toEqual({ banner: null, header: [] })
  })
})
