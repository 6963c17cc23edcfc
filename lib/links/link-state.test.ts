import { describe, expect, it } from 'vitest'
import { isWalkable, LINK_STATES, linkStateOf, mayMove, type StoredLinkState } from './link-state'

const [now, later] = [new Date(1_000), new Date(2_000)]
const stored = LINK_STATES.filter((state): state is StoredLinkState => state !== 'expired')

describe('the state of a link', () => {
  it.each(stored)('is %s as stored while it lives', (state) => {
    expect(linkStateOf({ state, expiresAt: later }, now)).toBe(state)
  })

  it.each(stored)('is expired at its last instant, unless %s is final', (state) => {
    const isFinal = state === 'verified' || state === 'revoked'
    expect(linkStateOf({ state, expiresAt: now }, now)).toBe(isFinal ? state : 'expired')
  })

  it('lets a hotelier walk again after a refusal, a wrong property and a failure, because the link is not used up', () => {
    const walkable = stored.filter((state) => isWalkable({ state, expiresAt: later }, now))
    expect(walkable).toEqual(['created', 'opened', 'consented', 'exchanged', 'refused', 'wrong_property', 'failed'])
    expect(stored.filter((state) => isWalkable({ state, expiresAt: now }, now))).toEqual([])
  })

  it('may move by itself exactly while somebody can walk', () => {
    expect(LINK_STATES.filter((state) => !mayMove(state))).toEqual(['verified', 'expired', 'revoked'])
  })
})
