import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adopts } from './adopts'

const at = (second: number) => new Date(Date.UTC(2026, 2, 16, 9, 0, second))
const stored = { state: 'connected', refreshTokenVersion: 3, accessIssuedAt: at(10), accessExpiresAt: at(50) }
const answer = { sentVersion: 3, sentAt: at(20), bringsRefreshToken: false, expiresAt: at(60) }

describe('an answer to a refresh', () => {
  test('is stored when its refresh token is the stored one still, however late it is read', () => {
    expect(adopts(stored, answer)).toBe(true)
    expect(adopts({ ...stored, state: 'refresh_failing' }, answer)).toBe(true)
    expect(adopts({ ...stored, state: 'reconnect_required' }, answer)).toBe(true)
  })

  test('is not stored when a newer refresh token is there, or somebody disconnected', () => {
    expect(adopts({ ...stored, refreshTokenVersion: 4 }, answer)).toBe(false)
    expect(adopts({ ...stored, refreshTokenVersion: 4 }, { ...answer, bringsRefreshToken: true })).toBe(false)
    expect(adopts({ ...stored, state: 'disconnected' }, { ...answer, bringsRefreshToken: true })).toBe(false)
    expect(adopts(stored, { ...answer, sentVersion: null })).toBe(false)
  })

  test('is not stored when the stored access token came after it was sent and lasts as long', () => {
    expect(adopts(stored, { ...answer, sentAt: at(5), expiresAt: at(50) })).toBe(false)
    expect(adopts(stored, { ...answer, sentAt: at(5), expiresAt: at(51) })).toBe(true)
  })
})

/*
 * A small world: an upstream that rotates refresh tokens or does not, one row, and two to four workers whose steps are
 * taken in any order. Workers stand still at any point for as long as it likes; a lease may lapse at any time.
 */
interface World {
  readonly rotates: boolean
  time: number
  live: { access: number; refresh: number }
  row: { access: number; refresh: number; version: number; issuedAt: number; expiresAt: number; owner: number | null; state: string }
}

type Worker =
  | { readonly is: 'idle' }
  | { readonly is: 'leased'; readonly refresh: number; readonly version: number }
  | { readonly is: 'answered'; readonly version: number; readonly access: number; readonly refresh: number | null; readonly sentAt: number; readonly at: number }

const IDLE: Worker = { is: 'idle' }

function step(world: World, workers: Worker[], who: number): void {
  const worker = workers[who] ?? IDLE
  world.time += 1
  const { row, live } = world
  if (worker.is === 'idle') {
    if (row.owner !== null) return
    row.owner = who
    workers[who] = { is: 'leased', refresh: row.refresh, version: row.version }
  } else if (worker.is === 'leased') {
    if (worker.refresh !== live.refresh) {
      // Refused: nothing is stored, and the state is only a guess until a success.
      row.state = 'refresh_failing'
      workers[who] = IDLE
      if (row.owner === who) row.owner = null
      return
    }
    live.access = world.time
    if (world.rotates) live.refresh = world.time
    workers[who] = { is: 'answered', version: worker.version, access: live.access, refresh: world.rotates ? live.refresh : null, sentAt: world.time, at: world.time }
  } else {
    const date = (ms: number) => new Date(ms)
    const isAdopted = adopts(
      { state: row.state, refreshTokenVersion: row.version, accessIssuedAt: date(row.issuedAt), accessExpiresAt: date(row.expiresAt) },
      { sentVersion: worker.version, sentAt: date(worker.sentAt), bringsRefreshToken: worker.refresh !== null, expiresAt: date(worker.access + 1_000_000) },
    )
    if (isAdopted) {
      row.access = worker.access
      row.issuedAt = worker.at
      row.expiresAt = worker.access + 1_000_000
      row.state = 'connected'
      if (worker.refresh !== null) {
        row.refresh = worker.refresh
        row.version += 1
      }
    }
    workers[who] = IDLE
    if (row.owner === who) row.owner = null
  }
}

describe('however the steps of several workers interleave, and whenever leases lapse', () => {
  test.each([['static', false], ['rotating', true]] as const)('the stored pair is the live one in the end (%s refresh tokens)', (_name, rotates) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 4 }),
        fc.array(fc.oneof({ weight: 6, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.constant('lapse' as const) }), { maxLength: 60 }),
        (count, schedule) => {
          const world: World = {
            rotates, time: 1, live: { access: 0, refresh: 0 },
            row: { access: 0, refresh: 0, version: 1, issuedAt: 0, expiresAt: 1_000_000, owner: null, state: 'connected' },
          }
          const workers: Worker[] = Array.from({ length: count }, () => IDLE)
          for (const each of schedule) {
            if (each === 'lapse') world.row.owner = null
            else step(world, workers, each % count)
          }
          // Everybody finishes what they began, in any order.
          for (let who = 0; who < count; who += 1) while (workers[who]?.is !== 'idle') step(world, workers, who)
          expect({ refresh: world.row.refresh, access: world.row.access }).toEqual({ refresh: world.live.refresh, access: world.live.access })
        },
      ),
      { numRuns: 10_000 },
    )
  })
})
