import { beforeEach, expect, test } from 'vitest'
import { setRuntime, type Runtime } from '../runtime'
import type { Lease } from './lease'
import { untilTurn } from './until-turn'

beforeEach(() => {
  setRuntime({ singletons: new Map() } as Partial<Runtime> as Runtime)
})

/** Milliseconds from now to each turn, in the order in which they are taken. */
async function take(leases: readonly Pick<Lease, 'sendAt' | 'apiClientId' | 'gapMs'>[]): Promise<number[]> {
  const startedAt = performance.now()
  const turns: number[] = []
  await Promise.all(leases.map(async (lease) => {
    await untilTurn(lease as Lease)
    turns.push(performance.now() - startedAt)
  }))
  return turns
}

test('turns that piled up while the machine was busy are taken one after the other, so that no second sees too many', async () => {
  const overdue = performance.now() - 500
  const turns = await take(Array.from({ length: 5 }, () => ({ sendAt: overdue, apiClientId: 'one', gapMs: 20 })))
  expect(turns.at(-1)).toBeGreaterThanOrEqual(4 * 19 - 5)
  turns.slice(1).forEach((turn, index) => expect(turn - (turns[index] ?? 0)).toBeGreaterThanOrEqual(17))
})

test('API clients do not wait for each other, and without a cap nobody waits', async () => {
  const now = performance.now()
  const turns = await take([
    ...Array.from({ length: 50 }, (_, index) => ({ sendAt: now, apiClientId: `client ${index}`, gapMs: 1_000 })),
    ...Array.from({ length: 50 }, () => ({ sendAt: now, apiClientId: 'free', gapMs: 0 })),
  ])
  expect(turns.at(-1)).toBeLessThan(500)
})
