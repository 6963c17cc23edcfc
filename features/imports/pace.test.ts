import { expect, test } from 'vitest'
import { paceOf } from './pace'

const START = '2026-03-16T09:00:00.000Z'
const at = (seconds: number) => new Date(Date.parse(START) + seconds * 1_000).toISOString()

test('tells lines a second since the start and the minutes that are left', () => {
  expect(paceOf({ createdAt: START, updatedAt: at(100), done: 400, left: 2_400 })).toEqual({ perSecond: 4, minutesLeft: 10 })
})

test('says nothing in the first two seconds, because so little tells no pace', () => {
  expect(paceOf({ createdAt: START, updatedAt: at(1.9), done: 7, left: 10 })).toBeNull()
})

test('says nothing while no line is done, because nothing divides by it', () => {
  expect(paceOf({ createdAt: START, updatedAt: at(600), done: 0, left: 10 })).toBeNull()
})
