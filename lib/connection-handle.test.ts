import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatConnectionHandle, parseConnectionHandle } from './connection-handle'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

describe('a connection handle', () => {
  test('names its connection and nothing else', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const handle = formatConnectionHandle(id)
        expect(handle).toMatch(/^krk_conn_[0-9A-Za-z]{28}$/)
        expect(parseConnectionHandle(handle)).toBe(id)
      }),
    )
  })

  test('is told apart from the same handle with one character changed, so that a mistyped one names no other connection', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(36), fc.constantFrom(...ALPHABET), (id, at, other) => {
        const handle = formatConnectionHandle(id)
        const edited = `${handle.slice(0, at)}${other}${handle.slice(at + 1)}`
        expect(parseConnectionHandle(edited)).toBe(edited === handle ? id : null)
      }),
      { numRuns: 2_000 },
    )
  })

  test('is made of a UUID only', () => {
    expect(() => formatConnectionHandle('324410')).toThrow(TypeError)
    expect(() => formatConnectionHandle('00000000-0000-4000-8000-00000000000A')).toThrow(TypeError)
  })

  test('is nothing that a stranger may send, and reading never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string().map((text) => `krk_conn_${text}`)), (text) => {
        expect(parseConnectionHandle(text)).toBeNull()
      }),
    )
  })
})
