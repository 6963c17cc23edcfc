import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bearerKey, createBearers } from './bearer'
import { SandboxClock } from './clock'
import { defaultSeed } from './default-seed'
import { toJavaDate } from './java-date'
import { parseSeed } from './parse-seed'

describe('dates (API description, Dates)', () => {
  it.each([
    ['2023-10-09T10:32:18.360Z', '2023-10-09T10:32:18.36Z[UTC]'],
    ['2020-03-17T13:49:01.000Z', '2020-03-17T13:49:01Z[UTC]'],
    ['2020-03-17T13:49:00.000Z', '2020-03-17T13:49:00Z[UTC]'],
    ['2020-03-17T13:49:01.500Z', '2020-03-17T13:49:01.5Z[UTC]'],
    ['2020-03-17T17:41:51.178Z', '2020-03-17T17:41:51.178Z[UTC]'],
    ['2020-03-17T17:41:51.007Z', '2020-03-17T17:41:51.007Z[UTC]'],
  ])('writes %s as %s', (iso, java) => {
    expect(toJavaDate(Date.parse(iso))).toBe(java)
  })
})

describe('bearers', () => {
  const master = randomBytes(32)
  const generations = { current: () => 1, counts: (generation: number) => generation === 1 }
  const bearers = createBearers(bearerKey(master), generations)
  const bearer = { kind: 'access', holder: 4_000_000_000, sequence: 2 ** 40, expiresAt: 8.64e13 } as const

  it('opens what it minted, at the far ends of every number', () => {
    expect(bearers.open(bearers.mint(bearer))).toEqual(bearer)
  })

  it('carries the prefix that tells a sandbox token from a real one', () => {
    expect(bearers.mint(bearer)).toMatch(/^sbx_/)
  })

  it('opens nothing of another generation or another sandbox', () => {
    const token = bearers.mint(bearer)
    expect(createBearers(bearerKey(master), { ...generations, counts: (generation) => generation === 2 }).open(token)).toBeUndefined()
    expect(createBearers(bearerKey(randomBytes(32)), generations).open(token)).toBeUndefined()
  })

  it('opens no token with any one character changed', () => {
    const token = bearers.mint(bearer)
    for (let index = 0; index < token.length; index += 1) {
      const other = token[index] === 'A' ? 'B' : 'A'
      expect(bearers.open(token.slice(0, index) + other + token.slice(index + 1))).toBeUndefined()
    }
  })

  it.each(['', 'sbx_', 'x'.repeat(52), `sbx_${'='.repeat(48)}`, `sbx_${'é'.repeat(48)}`])('opens nothing for %j', (token) => {
    expect(bearers.open(token)).toBeUndefined()
  })
})

describe('the clock', () => {
  it('shows the base clock until it is shifted, and stands when frozen', () => {
    let now = 1_000
    const clock = new SandboxClock({ now: () => now })
    expect(clock.now()).toBe(1_000)
    clock.become(clock.stateShowing(5_000))
    now = 1_500
    expect(clock.now()).toBe(5_500)
    clock.become({ mode: 'frozen', frozenAt: 9_000 })
    now = 2_000
    expect(clock.now()).toBe(9_000)
  })
})

describe('the seed', () => {
  it('holds at least 40 properties in 8 accounts, two of them networks', () => {
    expect(defaultSeed.accommodations.length).toBeGreaterThanOrEqual(40)
    expect(defaultSeed.hoteliers).toHaveLength(8)
    expect(defaultSeed.networks).toHaveLength(2)
    expect(new Set(defaultSeed.accommodations.map(({ id }) => id)).size).toBe(defaultSeed.accommodations.length)
  })

  it('has a name in a script that is not Latin and a name that is markup', () => {
    const names = defaultSeed.accommodations.map(({ name }) => name)
    expect(names.some((name) => /\p{Script=Han}/u.test(name))).toBe(true)
    expect(names).toContain('<b>Villa</b> & "Mare" <img src=x onerror=alert(1)>')
  })

  it('passes its own parser', () => {
    expect(parseSeed(JSON.parse(JSON.stringify(defaultSeed)))).toEqual(defaultSeed)
  })

  it.each([
    [null, 'seed: expected an object'],
    [{ ...defaultSeed, networks: undefined }, 'seed.networks: expected a list'],
    [{ ...defaultSeed, accommodations: [{ id: 'abc' }] }, 'seed.accommodations[0].id'],
    [{ ...defaultSeed, networks: [{ id: '1', name: 'x', root: '2', accommodations: ['310046'] }] }, 'root that is not in it'],
    [{ ...defaultSeed, apiClients: [{ ...defaultSeed.apiClients[0], redirectUris: ['ftp://x'] }] }, 'seed.apiClients[0].redirectUris'],
  ])('refuses seed %#, saying where', (seed, message) => {
    expect(() => parseSeed(seed)).toThrow(message)
  })
})
