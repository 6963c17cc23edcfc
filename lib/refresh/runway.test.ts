import { describe, expect, test } from 'vitest'
import { refusalOf, RUNWAY_HOURS, toRunway } from './runway'

const at = (time: string) => new Date(`2026-03-16T${time}Z`)
const NOTHING = { silences: [], refusedAt: null, quotaSince: null }

describe('what keeps tokens from being renewed', () => {
  test('is nothing while nothing fails, nor while a few refreshes met no answer', () => {
    expect(refusalOf(NOTHING)).toBeNull()
    expect(refusalOf({ ...NOTHING, silences: [{ since: at('09:10:00'), failures: 4 }] })).toBeNull()
  })

  test('is an outage from the fifth refresh without an answer, since the first of them', () => {
    expect(refusalOf({ ...NOTHING, silences: [{ since: at('09:10:00'), failures: 5 }] })).toEqual({ kind: 'outage', since: at('09:10:00') })
  })

  test('is the longer of two silences, of its own and of everybody, where both count', () => {
    const [own, wide] = [{ since: at('09:10:00'), failures: 5 }, { since: at('08:00:00'), failures: 6 }]
    expect(refusalOf({ ...NOTHING, silences: [own, wide] })?.since).toEqual(at('08:00:00'))
    expect(refusalOf({ ...NOTHING, silences: [own, { ...wide, failures: 4 }] })?.since).toEqual(at('09:10:00'))
  })

  test('is the widest of several causes, because an API client is not asked while Octorate is silent', () => {
    const all = { silences: [{ since: at('09:30:00'), failures: 9 }], refusedAt: at('09:20:00'), quotaSince: at('09:00:00') }
    expect(refusalOf(all)?.kind).toBe('outage')
    expect(refusalOf({ ...all, silences: [] })).toEqual({ kind: 'credentials', since: at('09:20:00') })
    expect(refusalOf({ ...all, silences: [], refusedAt: null })).toEqual({ kind: 'quota', since: at('09:00:00') })
  })
})

describe('the runway', () => {
  test('counts by the hour, from the present one, and says how many are without access when each is over', () => {
    const runway = toRunway(
      [
        { until: null, count: 2, firstAt: null, lastAt: null },
        { until: at('10:00:00'), count: 3, firstAt: at('09:22:00'), lastAt: at('10:00:00') },
        { until: at('12:00:00'), count: 1, firstAt: at('11:30:00'), lastAt: at('11:30:00') },
        { until: new Date(at('09:00:00').getTime() + 40 * 3_600_000), count: 4, firstAt: at('23:59:00'), lastAt: at('23:59:30') },
      ],
      at('09:10:00'),
    )
    expect(runway).toMatchObject({ total: 10, over: 2, firstAt: at('09:22:00'), lastAt: at('23:59:30'), later: 4 })
    expect(runway.hours).toHaveLength(RUNWAY_HOURS)
    expect(runway.hours.slice(0, 3)).toEqual([
      { until: at('10:00:00'), ends: 3, without: 5 },
      { until: at('11:00:00'), ends: 0, without: 5 },
      { until: at('12:00:00'), ends: 1, without: 6 },
    ])
  })

  test('begins with the next hour on the hour, because what ends then is over', () => {
    expect(toRunway([], at('10:00:00')).hours[0]?.until).toEqual(at('11:00:00'))
    expect(toRunway([], at('09:59:59.999')).hours[0]?.until).toEqual(at('10:00:00'))
  })

  test('has no first and no last when all is over, or nothing is there', () => {
    const over = toRunway([{ until: null, count: 7, firstAt: null, lastAt: null }], at('09:00:00'))
    expect(over).toMatchObject({ total: 7, over: 7, firstAt: null, lastAt: null, later: 0 })
    expect(toRunway([], at('09:00:00'))).toMatchObject({ total: 0, over: 0, firstAt: null, later: 0 })
  })
})
