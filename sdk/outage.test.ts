import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { HOUR, noAnswer, openClient, token, type Asked } from '../tests/fake-keyrack'

/** An access token of Octorate. */
const LIFE = 24 * HOUR
/** Keyrack refreshes at this part of a token's life, spread over its connections. */
const [EARLIEST, LATEST] = [0.5, 0.8]
const CONNECTIONS = 400
const DAYS = 6

/** mulberry32: the same figures at every run. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A console whose connections are each refreshed at their own part of life, begun at their own time. */
function simulate(seed: number) {
  const random = randomFrom(seed)
  const rhythm = Array.from({ length: CONNECTIONS }, () => ({ every: LIFE * (EARLIEST + (LATEST - EARLIEST) * random()), phase: LIFE * random() }))
  let isDown = false
  const scene = openClient(
    ({ path }: Asked) => {
      if (isDown) return noAnswer()
      const { every, phase } = rhythm[Number(path.split('/')[4])] ?? { every: 0, phase: 0 }
      const age = (scene.clock.at + phase) % every
      return token(`t-${path}-${Math.floor((scene.clock.at + phase) / every)}`, (LIFE - age) / 1_000)
    },
    { random },
  )
  const targets = rhythm.map((_, index) => ({ connectionId: String(index) }))
  return {
    ...scene,
    rhythm,
    targets,
    fail: () => (isDown = true),
    left: async () => (await Promise.all(targets.map((target) => scene.client.getAccessToken(target)))).map(({ secondsLeft }) => secondsLeft / 3_600),
  }
}

const at = (sorted: readonly number[], part: number) => sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN

describe('a back end while Keyrack is down', () => {
  /** Hours for which each kept token is good, at many moments at which an outage may begin. */
  const hours: number[] = []
  let callsPerDay = 0

  beforeAll(async () => {
    const scene = simulate(1)
    await scene.left()
    await scene.clock.advance(2 * LIFE)
    const before = scene.asked.length
    for (let step = 0; step < (DAYS * 24) / 1.5; step += 1) {
      hours.push(...(await scene.left()))
      await scene.clock.advance(1.5 * HOUR)
    }
    callsPerDay = (scene.asked.length - before) / DAYS / CONNECTIONS
    hours.sort((a, b) => a - b)
  })

  it('goes on for 2.4 h at least: a fifth of a life is left at Keyrack, and more than half of that is kept', () => {
    expect(hours.length).toBe(CONNECTIONS * DAYS * 16)
    expect(hours[0]).toBeGreaterThanOrEqual(0.5 * (1 - LATEST) * 24)
    expect(hours[0]).toBeLessThan(3)
  })

  it('has 2.4 h left at the very worst moment: fetched just before Keyrack refreshes latest, and not yet asked for anew', async () => {
    const { client, clock, asked } = openClient([token('old', 0.2 * 24 * 3_600), token('new', 24 * 3_600)], { random: () => 1 })
    await client.getAccessToken({ connectionId: '0' })
    await clock.advance(2.4 * HOUR - 1)
    expect([asked.length, (await client.getAccessToken({ connectionId: '0' })).secondsLeft]).toEqual([1, 2.4 * 3_600])
    await clock.advance(1)
    expect((await client.getAccessToken({ connectionId: '0' })).secondsLeft).toBe(24 * 3_600)
  })

  it('goes on for half a day typically, and nineteen of twenty properties for 5 h', () => {
    expect(at(hours, 0.5)).toBeGreaterThan(12)
    expect(at(hours, 0.05)).toBeGreaterThan(5)
  })

  it('asks Keyrack a few times a day for each property, however often it needs a token', () => {
    expect(callsPerDay).toBeGreaterThan(1)
    expect(callsPerDay).toBeLessThan(6)
  })

  it('has the figures that docs/sdk.md publishes', () => {
    const text = readFileSync(fileURLToPath(new URL('../docs/sdk.md', import.meta.url)), 'utf8')
    const published = (pattern: RegExp) => Number(pattern.exec(text)?.[1])
    const mean = hours.reduce((sum, each) => sum + each, 0) / hours.length
    expect(published(/at least \| ([\d.]+)/)).toBeCloseTo(0.5 * (1 - LATEST) * 24, 5)
    expect(published(/95 of 100 properties, at least \| ([\d.]+)/)).toBeCloseTo(at(hours, 0.05), 0)
    expect(published(/median\) \| ([\d.]+)/)).toBeCloseTo(at(hours, 0.5), 0)
    expect(published(/average \| ([\d.]+)/)).toBeCloseTo(mean, 0)
    expect(published(/\*\*([\d.]+) requests a day/)).toBeCloseTo(callsPerDay, 0)
  })

  it.each([2, 3, 4])('really uses each token to its end, and no longer (seed %i)', async (seed) => {
    const scene = simulate(seed)
    await scene.left()
    await scene.clock.advance(2.3 * LIFE)
    const promised = await scene.left()
    scene.fail()
    const shortest = Math.min(...promised)
    const owner = scene.targets[promised.indexOf(shortest)] ?? { connectionId: '' }
    await scene.clock.advance(shortest * HOUR - 1_000)
    const lastCall = await scene.left()
    expect(lastCall.length).toBe(CONNECTIONS)
    expect(Math.min(...lastCall)).toBeGreaterThanOrEqual(0)
    await scene.clock.advance(2_000)
    const after = scene.client.getAccessToken(owner).then(() => null, (error: unknown) => error)
    await scene.clock.advance(60_000)
    expect(await after).toMatchObject({ name: 'TemporarilyUnavailableError' })
  })
})
