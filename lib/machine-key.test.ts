import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMachineKey, parseMachineKey } from './machine-key'

const environments = fc.constantFrom('PRODUCTION' as const, 'SANDBOX' as const)
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

describe('a machine key', () => {
  test('says its environment in a prefix that a scanner finds, and has one length', () => {
    expect(formatMachineKey('SANDBOX', new Uint8Array(32))).toBe(`krk_test_${'0'.repeat(43)}401Rx9`)
    expect(formatMachineKey('PRODUCTION', new Uint8Array(32).fill(255))).toMatch(/^krk_live_[0-9A-Za-z]{49}$/)
  })

  test('reads back as the environment that it was made for', () => {
    fc.assert(
      fc.property(environments, bytes, (environment, random) => {
        expect(parseMachineKey(formatMachineKey(environment, random))).toBe(environment)
      }),
    )
  })

  test('is told apart from the same key with one character changed, without asking the database', () => {
    fc.assert(
      fc.property(environments, bytes, fc.tuple(fc.nat(57), fc.constantFrom(...ALPHABET)), (environment, random, [at, other]) => {
        const key = formatMachineKey(environment, random)
        const edited = `${key.slice(0, at)}${other}${key.slice(at + 1)}`
        expect(parseMachineKey(edited)).toBe(edited === key ? environment : null)
      }),
      { numRuns: 2_000 },
    )
  })

  test('is told apart from the same key with two neighbours swapped or one character lost', () => {
    fc.assert(
      fc.property(bytes, fc.nat(56), (random, at) => {
        const key = formatMachineKey('PRODUCTION', random)
        const swapped = `${key.slice(0, at)}${key[at + 1]}${key[at]}${key.slice(at + 2)}`
        const shorter = key.slice(0, at) + key.slice(at + 1)
        expect([parseMachineKey(swapped), parseMachineKey(shorter)]).toEqual([swapped === key ? 'PRODUCTION' : null, null])
      }),
      { numRuns: 2_000 },
    )
  })

  test('is nothing that a stranger may send, and reading never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseMachineKey(text)).toBeNull()
      }),
    )
  })
})
