import { describe, expect, it } from 'vitest'
import { explanationOf, explanationValues, nearMissOf } from './explain-check'

const check = { id: 'clock', result: 'warn', reason: 'skewed', values: { seconds: '-7' } } as const

describe('explanationOf', () => {
  it('is that of the check and its reason', () => {
    expect(explanationOf(check)).toBe('clock.skewed')
  })

  it.each(['moonlight', '', 'constructor'])('falls back to that of the result for the unheard-of reason %j', (reason) => {
    expect(explanationOf({ ...check, reason })).toBe('other.warn')
  })

  it('does not lend a reason of one check to another', () => {
    expect(explanationOf({ ...check, reason: 'near_miss', result: 'fail' })).toBe('other.fail')
  })
})

describe('explanationValues', () => {
  it('says how far the clock is off, whichever way', () => {
    expect(explanationValues(check).seconds).toBe('7')
  })

  it('has a stand-in for what the server did not send, because a text with a hole is worse', () => {
    expect(explanationValues({ ...check, values: {} })).toEqual({ reason: 'skewed', ours: '?', theirs: '?', seconds: '?' })
  })

  it('names invisible characters, because the values are upstream’s', () => {
    expect(explanationValues({ ...check, values: { theirs: 'SAND\u202eBOX' } }).theirs).toBe('SAND⟨U+202E⟩BOX')
  })
})

describe('nearMissOf', () => {
  const values = { sent: 'https://k.example/cb', nearest: 'https://k.example/cb/', position: '20' }
  const near = { id: 'redirect_uri_registered', result: 'fail', reason: 'near_miss', values } as const

  it('splits both addresses where they begin to differ, counting characters from one', () => {
    expect(nearMissOf(near)).toEqual({
      sent: { same: 'https://k.example/cb', rest: '' },
      nearest: { same: 'https://k.example/cb', rest: '/' },
      position: 21,
    })
  })

  it('is none for another reason, or without the place', () => {
    expect(nearMissOf({ ...near, reason: 'not_registered' })).toBeNull()
    expect(nearMissOf({ ...near, values: { ...values, position: 'soon' } })).toBeNull()
  })
})
