import { describe, expect, test } from 'vitest'
import { makeAddressMatcher } from './make-address-matcher'

describe('a list of addresses', () => {
  test('holds what lies in one of its networks, and nothing else', () => {
    const matches = makeAddressMatcher(['8.8.8.0/24', '1.1.1.1'])
    expect(['8.8.8.0', '8.8.8.255', '1.1.1.1', '::ffff:1.1.1.1'].map(matches)).toEqual([true, true, true, true])
    expect(['8.8.7.255', '8.8.9.0', '1.1.1.2', '::1'].map(matches)).toEqual([false, false, false, false])
  })

  test('holds nothing that is no address, because an unknown caller is a stranger', () => {
    const matches = makeAddressMatcher(['0.0.0.0/0'])
    expect(['unresolved', '', '8.8.8.08', '8.8.8.8 ', '2001:db8::1'].filter(matches)).toEqual([])
  })

  test('holds nobody when it is empty', () => {
    expect(makeAddressMatcher([])('8.8.8.8')).toBe(false)
  })

  test.each(['8.8.8.8/24', '8.8.8.8/32', 'any', ''])('is not made of %j, because a list that cannot be read must not pass', (entry) => {
    expect(() => makeAddressMatcher([entry])).toThrow(TypeError)
  })
})
