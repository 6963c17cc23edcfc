import { describe, expect, test } from 'vitest'
import { isQuiet } from './quiet-hours'

const night = { quietFrom: 22 * 60, quietTo: 7 * 60, timeZone: 'Europe/Rome' }
const at = (text: string) => new Date(text)

describe('quiet hours', () => {
  test('pass midnight, and end at the minute that was chosen', () => {
    expect(isQuiet(night, at('2026-01-10T20:59:00Z'))).toBe(false)
    expect(isQuiet(night, at('2026-01-10T21:00:00Z'))).toBe(true)
    expect(isQuiet(night, at('2026-01-11T05:59:59Z'))).toBe(true)
    expect(isQuiet(night, at('2026-01-11T06:00:00Z'))).toBe(false)
  })

  test('follow the clocks of the zone, because people do: in summer Rome is an hour further', () => {
    expect(isQuiet(night, at('2026-07-10T20:30:00Z'))).toBe(true)
    expect(isQuiet(night, at('2026-07-11T05:00:00Z'))).toBe(false)
  })

  test('within one day are quiet in between only', () => {
    const lunch = { quietFrom: 12 * 60, quietTo: 13 * 60, timeZone: 'UTC' }
    expect([11, 12, 13].map((hour) => isQuiet(lunch, at(`2026-01-10T${hour}:30:00Z`)))).toEqual([false, true, false])
  })

  test('that nobody chose, or of a zone that nobody knows, keep nothing back', () => {
    expect(isQuiet({ ...night, quietFrom: null }, at('2026-01-10T23:00:00Z'))).toBe(false)
    expect(isQuiet({ ...night, quietTo: night.quietFrom }, at('2026-01-10T23:00:00Z'))).toBe(false)
    expect(isQuiet({ ...night, timeZone: 'Europe/Atlantis' }, at('2026-01-10T23:00:00Z'))).toBe(false)
  })
})
