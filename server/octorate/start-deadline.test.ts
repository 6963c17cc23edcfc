import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startDeadline } from './start-deadline'

/** Nothing of this process runs meanwhile, as after SIGSTOP. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

test('passes when its time is up', async () => {
  const deadline = startDeadline({ headersMs: 20, wholeMs: 60_000 })
  await expect(deadline.passed).rejects.toThrow('deadline')
  expect(deadline).toMatchObject({ hasPassed: true, phase: 'headers' })
  expect(deadline.signal.aborted).toBe(true)
})

test('lets a process that stood still past it read what has arrived, because that may be the only copy of a token', async () => {
  const deadline = startDeadline({ headersMs: 50, wholeMs: 50 })
  deadline.passed.catch(() => undefined)
  standStill(800)
  await wait(100)
  expect(deadline.hasPassed).toBe(false)
  await expect(deadline.passed).rejects.toThrow('deadline')
  deadline.end()
})

test('drops what is still on the wire at its end, and has nothing to drop after a whole answer', () => {
  const cut = startDeadline({ headersMs: 60_000, wholeMs: 60_000 })
  cut.headersCame()
  cut.end()
  expect(cut.signal.aborted).toBe(true)
  const whole = startDeadline({ headersMs: 60_000, wholeMs: 60_000 })
  whole.headersCame()
  whole.bodyCame()
  whole.end()
  expect(whole.signal.aborted).toBe(false)
})
