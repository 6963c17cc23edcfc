import { expect, test } from 'vitest'
import { makePresence, POLLS_FOR_MS } from './presence'

function open() {
  let nowMs = 1_000_000
  const presence = makePresence(() => nowMs)
  return { presence, pass: (ms: number) => void (nowMs += ms) }
}

test('a request counts once for each touch, because what follows is the page’s own', () => {
  const { presence } = open()
  expect(presence.takeUnattended()).toBe(true)
  presence.touch()
  presence.touch()
  expect([presence.takeUnattended(), presence.takeUnattended()]).toEqual([false, true])
})

test('the page polls for five minutes after the last touch, and not a moment longer', () => {
  const { presence, pass } = open()
  pass(POLLS_FOR_MS - 1)
  expect(presence.mayPoll()).toBe(true)
  presence.touch()
  pass(POLLS_FOR_MS - 1)
  expect(presence.mayPoll()).toBe(true)
  pass(1)
  expect(presence.mayPoll()).toBe(false)
})

test('coming back is told once, and only after the polls have stopped', () => {
  const { presence, pass } = open()
  let returns = 0
  const leave = presence.onReturn(() => (returns += 1))
  presence.touch()
  expect(returns).toBe(0)
  pass(POLLS_FOR_MS)
  presence.touch()
  presence.touch()
  expect(returns).toBe(1)
  leave()
  pass(POLLS_FOR_MS)
  presence.touch()
  expect(returns).toBe(1)
})
