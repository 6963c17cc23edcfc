import { describe, expect, test } from 'vitest'
import { isMachineKeyUnused, machineKeyState, UNUSED_AFTER_MS } from './machine-key-state'

const NOW = new Date('2026-03-16T09:10:11.360Z')
const at = (ms: number) => new Date(NOW.getTime() + ms)
const key = { createdAt: at(-1_000), expiresAt: null, revokedAt: null, replacedById: null, lastUsedAt: null }

describe('the state of a key', () => {
  test.each([
    ['active', {}],
    ['active', { expiresAt: at(1) }],
    ['expired', { expiresAt: NOW }],
    ['ending', { replacedById: 'b', expiresAt: at(1) }],
    ['replaced', { replacedById: 'b', expiresAt: NOW }],
    ['revoked', { revokedAt: NOW }],
    ['revoked', { revokedAt: NOW, replacedById: 'b', expiresAt: at(1) }],
    ['revoked', { revokedAt: NOW, expiresAt: at(-1) }],
  ] as const)('is %s with %j', (state, facts) => {
    expect(machineKeyState({ ...key, ...facts }, NOW)).toBe(state)
  })
})

describe('a key is unused', () => {
  const old = { ...key, createdAt: at(-UNUSED_AFTER_MS - 1) }

  test('after ninety days without a call, counted from its making when there never was one', () => {
    expect(isMachineKeyUnused(old, NOW)).toBe(true)
    expect(isMachineKeyUnused({ ...old, createdAt: at(-UNUSED_AFTER_MS) }, NOW)).toBe(false)
    expect(isMachineKeyUnused({ ...old, lastUsedAt: at(-UNUSED_AFTER_MS) }, NOW)).toBe(false)
    expect(isMachineKeyUnused({ ...old, lastUsedAt: at(-UNUSED_AFTER_MS - 1) }, NOW)).toBe(true)
  })

  test('only while it is valid, because an ended key needs nobody', () => {
    expect(isMachineKeyUnused({ ...old, revokedAt: NOW }, NOW)).toBe(false)
    expect(isMachineKeyUnused({ ...old, expiresAt: NOW }, NOW)).toBe(false)
    expect(isMachineKeyUnused({ ...old, replacedById: 'b', expiresAt: at(1) }, NOW)).toBe(true)
  })
})
