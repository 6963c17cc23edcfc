import { describe, expect, it } from 'vitest'
import { DEFAULT_REDIRECT_URI, offersDefaultUri } from './default-uri'

const OURS = 'https://keyrack.example/oauth/callback/x'
const live = (...uris: string[]) => ({ uris, environment: 'SANDBOX' as const, readAt: '2026-03-01T12:00:00.000Z' })

describe("Octorate's default redirect URI", () => {
  it('is offered when Octorate has it and not the one in use', () => {
    expect(offersDefaultUri({ inUse: OURS, live: live(DEFAULT_REDIRECT_URI) })).toBe(true)
  })

  it.each([
    ['nobody has asked Octorate yet', { inUse: OURS, live: null }],
    ['Octorate does not have it, letter for letter', { inUse: OURS, live: live('https://localhost/') }],
    ['the one in use is live', { inUse: OURS, live: live(DEFAULT_REDIRECT_URI, OURS) }],
    ['it is in use', { inUse: DEFAULT_REDIRECT_URI, live: live(DEFAULT_REDIRECT_URI) }],
  ])('is not offered when %s', (_, state) => {
    expect(offersDefaultUri(state)).toBe(false)
  })
})
