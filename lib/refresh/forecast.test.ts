import { describe, expect, test } from 'vitest'
import { dueAt } from './due-at'
import { forecast, type Refreshable } from './forecast'

const NOW = new Date('2026-03-16T09:00:00Z')
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const later = (ms: number) => new Date(NOW.getTime() + ms)
const connection = (number: number, nextInMs: number, lifeMs = DAY_MS): Refreshable => ({
  id: `connection ${number}`, issuedAt: later(-HOUR_MS), expiresAt: later(lifeMs - HOUR_MS), nextAt: later(nextInMs),
})
const many = (count: number, nextInMs: (index: number) => number) => Array.from({ length: count }, (_, index) => connection(index, nextInMs(index)))
const MEANS = { now: NOW, gapMs: 55, quota: null }

describe('the forecast', () => {
  test('has hours of the clock, the first being the present one, in which what was due before is due now', () => {
    const late = new Date(NOW.getTime() + 59 * 60_000)
    const hours = forecast([connection(1, 30 * 60_000), connection(2, HOUR_MS)], { ...MEANS, now: late })
    expect(hours[0]).toMatchObject({ from: NOW, due: 1 })
    expect(hours[1]).toMatchObject({ from: later(HOUR_MS), due: 1 })
  })

  test('has a refresh in the hour in which its row says it is due', () => {
    const hours = forecast([connection(1, 20 * HOUR_MS), connection(2, 20 * HOUR_MS - 1), connection(3, 24 * HOUR_MS)], MEANS)
    expect(hours).toHaveLength(24)
    expect(hours.map(({ due }) => due)).toEqual(Array.from({ length: 24 }, (_, hour) => (hour === 19 || hour === 20 ? 1 : 0)))
    expect(hours[0]?.from).toEqual(NOW)
  })

  test('has what is due already in the first hour, and each again after its own share of a life', () => {
    const overdue = connection(1, -HOUR_MS)
    const again = dueAt({ connectionId: overdue.id, issuedAt: NOW, expiresAt: later(DAY_MS) })
    const hour = Math.floor((again.getTime() - NOW.getTime()) / HOUR_MS)
    const hours = forecast([overdue], MEANS)
    expect(hours.flatMap(({ due }, index) => Array.from({ length: due }, () => index))).toEqual([0, hour])
  })

  test('does not run away with tokens that live for nothing', () => {
    const hours = forecast([connection(1, 0, 0)], MEANS)
    expect(hours.reduce((sum, { due }) => sum + due, 0)).toBe(288)
  })
})

describe('a storm', () => {
  const stormsOf = (connections: readonly Refreshable[], means = MEANS as Parameters<typeof forecast>[1]) =>
    forecast(connections, means).flatMap(({ storm }, hour) => (storm ? [`${hour} ${storm}`] : []))

  test('is none when refreshes are spread as they are by themselves', () => {
    expect(stormsOf(many(600, (index) => (index % 24) * HOUR_MS))).toEqual([])
  })

  test('is an hour in which many come together, of a number from which that says something', () => {
    expect(stormsOf(many(20, (index) => (index < 7 ? 20.5 * HOUR_MS : 22.5 * HOUR_MS + index)))).toEqual(['20 bunched', '22 bunched'])
    expect(stormsOf(many(19, () => 20.5 * HOUR_MS))).toEqual([])
  })

  test('is five minutes in which more is due than the quota allows, one more being enough', () => {
    const connections = many(10, () => 20.5 * HOUR_MS)
    expect(stormsOf(connections, { ...MEANS, quota: 10 })).toEqual([])
    expect(stormsOf(connections, { ...MEANS, quota: 9 })).toEqual(['20 quota'])
  })

  test('is an hour in which more is due than the lane sends', () => {
    const connections = many(13, () => 20.5 * HOUR_MS)
    expect(stormsOf(connections, { ...MEANS, gapMs: 300_000 })).toEqual(['20 lane'])
    expect(stormsOf(connections, { ...MEANS, gapMs: 276_000 })).toEqual([])
    expect(stormsOf(connections, { ...MEANS, gapMs: 0 })).toEqual([])
  })
})
