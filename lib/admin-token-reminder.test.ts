import { describe, expect, it } from 'vitest'
import { reminderFor } from './admin-token-reminder'

const DAY_MS = 86_400_000
const NOW = new Date('2026-03-01T12:00:00.000Z')

describe('reminderFor', () => {
  it.each([
    [365, null], [60.01, null], [60, 60], [30.01, 60], [30, 30], [7.01, 30], [7, 7], [1.01, 7], [1, 1], [0.001, 1], [0, 0], [-3, 0],
  ])('with %d days left is %s', (days, reminder) => {
    expect(reminderFor(new Date(NOW.getTime() + days * DAY_MS), NOW)).toBe(reminder)
  })
})
