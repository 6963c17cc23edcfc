import { expect, test, vi } from 'vitest'
import { wasAwayJustNow } from './database/outage'
import { startRounds } from './rounds'
import { setRuntime, type Runtime } from './runtime'

test('a round that finds the database away notes that it was, because the process may have nothing else that meets it', async () => {
  setRuntime({ startedAt: -Infinity, singletons: new Map(), pool: { waitingCount: 0 } } as unknown as Runtime)
  expect(wasAwayJustNow()).toBe(false)
  const round = () => Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))
  const rounds = startRounds({ everyMs: 1, complaint: 'never said', round })
  await vi.waitFor(() => expect(wasAwayJustNow()).toBe(true))
  await rounds.stop()
})
