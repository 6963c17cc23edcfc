import fc from 'fast-check'
import { expect, it } from 'vitest'
import { noAnswer, openClient, problem, token } from '../tests/fake-keyrack'
import { seeded } from '../tests/seeded'
import type { SteppedClock } from '../tests/stepped-clock'

type Step =
  | { readonly kind: 'ask'; readonly target: number; readonly minTtls: readonly number[] }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'mode'; readonly mode: 'up' | 'silent' | 'busy' | 'refusing' }
  | { readonly kind: 'life'; readonly seconds: number }

const ask: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('ask'), target: fc.nat(1), minTtls: fc.array(fc.constantFrom(0, 60, 3_600, 43_200), { minLength: 1, maxLength: 4 }),
})
const pass: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('pass'), ms: fc.oneof(fc.integer({ min: 1, max: 30_000 }), fc.integer({ min: 1, max: 12 * 3_600_000 })),
})
const mode: fc.Arbitrary<Step> = fc.record({ kind: fc.constant('mode'), mode: fc.constantFrom('up', 'silent', 'busy', 'refusing') })
const life: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('life'), seconds: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 24 * 3_600 })),
})
const steps = fc.array(
  fc.oneof({ weight: 4, arbitrary: ask }, { weight: 3, arbitrary: pass }, { weight: 2, arbitrary: mode }, { weight: 1, arbitrary: life }),
  { minLength: 30, maxLength: 60 },
)

/** What a caller got, and when. */
interface Got {
  readonly at: number
  readonly value: string | null
  readonly error: string | null
}

it('gives a living token or the right error, and asks for each target once at a time, whatever happens in whatever order', async () => {
  let [tokens, errors] = [0, 0]
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      let mode = 'up'
      let life = 24 * 3_600
      let count = 0
      const endsAt = new Map<string, number>()
      const underWay = new Map<string, number>()
      let together = 0
      const wrong: Got[] = []
      const { client, clock } = openClient(async ({ path }) => {
        underWay.set(path, (underWay.get(path) ?? 0) + 1)
        together = Math.max(together, underWay.get(path) ?? 0)
        await Promise.resolve()
        underWay.set(path, (underWay.get(path) ?? 0) - 1)
        if (mode === 'silent') return noAnswer()
        if (mode === 'busy') return problem(503, 'temporarily_unavailable', { retryAfterSeconds: 5 })
        if (mode === 'refusing') return problem(403, 'machine_key_scope')
        const value = `t${(count += 1)}`
        endsAt.set(value, clock.at + life * 1_000)
        return token(value, life)
      })
      const askFor = async (target: number, minTtlSeconds: number): Promise<Got> =>
        client.getAccessToken({ connectionId: `c-${target}` }, { minTtlSeconds }).then(
          ({ value }) => ({ at: clock.at, value, error: null }),
          (error: unknown) => ({ at: clock.at, value: null, error: error instanceof Error ? error.name : 'odd' }),
        )
      const right = ({ at, value, error }: Got): boolean => {
        if (value !== null) return (endsAt.get(value) ?? 0) > at
        return mode !== 'up' && error === (mode === 'refusing' ? 'KeyrackRefusedError' : 'TemporarilyUnavailableError')
      }
      for (const step of plan) {
        if (step.kind === 'mode') mode = step.mode
        else if (step.kind === 'life') life = step.seconds
        else if (step.kind === 'pass') await clock.advance(step.ms)
        else {
          const asked = step.minTtls.map((minTtl) => askFor(step.target, minTtl))
          const got = await whileTimePasses(Promise.all(asked), clock)
          wrong.push(...got.filter((each) => !right(each)))
          tokens += got.filter(({ value }) => value !== null).length
          errors += got.filter(({ value }) => value === null).length
        }
      }
      client.close()
      expect(wrong).toEqual([])
      expect(together).toBeLessThanOrEqual(1)
      expect(clock.waiting).toBe(0)
    }),
    seeded(120),
  )
  // The property held of something.
  expect(Math.min(tokens, errors)).toBeGreaterThan(500)
})

/** Lets seconds pass until it is there, and no more than that. */
async function whileTimePasses<T>(wanted: Promise<T>, clock: SteppedClock): Promise<T> {
  const progress = { isOver: false }
  void wanted.finally(() => (progress.isOver = true))
  while (!progress.isOver) await clock.advance(1_000)
  return wanted
}
