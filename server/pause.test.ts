import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { pause } from './pause'

test('leaves nothing behind on the signal, because the loops of a process pause millions of times on the same one', async () => {
  const life = new AbortController()
  for (let round = 0; round < 20; round += 1) await pause(0, life.signal)
  expect(getEventListeners(life.signal, 'abort')).toEqual([])
})

test('ends when the signal says so, and at once when it has said so before', async () => {
  const life = new AbortController()
  const paused = pause(60_000, life.signal)
  life.abort()
  await expect(paused).resolves.toBeUndefined()
  await expect(pause(60_000, life.signal)).resolves.toBeUndefined()
})
