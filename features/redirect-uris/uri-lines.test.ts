import { describe, expect, it } from 'vitest'
import type { RedirectUriState } from '@/contracts/redirect-uris'
import { planWrite, toUriLines } from './uri-lines'

const [A, B, C] = ['https://a.example/cb', 'https://b.example/cb', 'https://c.example/cb'] as const
const wanted = (...uris: string[]) => uris.map((uri) => ({ id: `id of ${uri}`, uri, note: null, createdAt: '2026-03-01T12:00:00.000Z' }))
const live = (...uris: string[]) => ({ uris, environment: 'SANDBOX' as const, readAt: '2026-03-01T12:00:00.000Z' })
const stateOf = (part: Partial<RedirectUriState>): RedirectUriState => ({
  inUse: A, callbackUri: B, allowLoopbackHttp: false, wanted: [], live: null, drift: null, lastWrite: null, recentConnects: [], ...part,
})
const marksOf = (state: RedirectUriState, dropped: readonly string[] = []) => toUriLines(state, dropped).map(({ uri, mark }) => [uri, mark])

describe('the lines of the editor', () => {
  it('tell for each address what becomes of it, in the order of Octorate’s list', () => {
    const state = stateOf({ wanted: wanted(C, A), live: live(A, B) })
    expect(marksOf(state)).toEqual([[A, 'keep'], [B, 'foreign'], [C, 'add']])
    expect(marksOf(state, [A, B])).toEqual([[A, 'drop'], [B, 'drop'], [C, 'add']])
  })

  it('promise nothing while Octorate’s list was not read', () => {
    expect(marksOf(stateOf({ wanted: wanted(A) }))).toEqual([[A, 'unread']])
  })

  it('point out look-alikes, what is in use and what breaks a rule', () => {
    const [first, second] = toUriLines(stateOf({ live: live(A, `${A}/`, 'http://c.example/'), recentConnects: [{ uri: A, count: 3 }] }), [])
    expect(first).toMatchObject({ isInUse: true, connects: 3, lookAlike: { uri: `${A}/`, difference: 'trailing_slash' } })
    expect(second).toMatchObject({ isInUse: false, connects: 0 })
    expect(toUriLines(stateOf({ live: live('http://c.example/') }), [])[0]?.findings).toEqual(['not_https'])
  })
})

describe('the planned write', () => {
  const planOf = (state: RedirectUriState, dropped: readonly string[] = []) => planWrite(state, toUriLines(state, dropped))

  it('is none when there is nothing to do, or nothing was read', () => {
    expect(planOf(stateOf({ wanted: wanted(A), live: live(A, B) }))).toBeNull()
    expect(planOf(stateOf({ wanted: wanted(A) }))).toBeNull()
  })

  it('counts, names what has to be typed, and warns of what connects use', () => {
    const state = stateOf({ wanted: wanted(C), live: live(A, B) })
    expect(planOf(state)).toMatchObject({ add: [C], remove: [], before: 2, after: [A, B, C], confirmation: 'none', removesInUse: false })
    expect(planOf(state, [A])).toMatchObject({ add: [C], remove: [A], after: [B, C], confirmation: 'remove', removesInUse: true })
    expect(planOf(stateOf({ live: live(B) }), [B])).toMatchObject({ after: [], confirmation: 'remove_all' })
  })
})
