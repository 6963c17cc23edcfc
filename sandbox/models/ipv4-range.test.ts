import { describe, expect, it } from 'vitest'
import vectors from '../../tests/vectors/ipv4-cidr.json'
import { parseIpv4Range, rangeContains } from './ipv4-range'

const taken = new Set(['accept', 'warn', 'confirm'])

describe('IP address formats (guide, case 3: a single IPv4 address, or a CIDR block)', () => {
  it.each(vectors.filter(({ verdict }) => taken.has(verdict)))('takes $input, because it is $code', ({ input }) => {
    const { base, prefix } = parseIpv4Range(input)
    expect([base >= 0 && base < 2 ** 32, prefix >= 0 && prefix <= 32]).toEqual([true, true])
  })

  it.each(vectors.filter(({ verdict }) => !taken.has(verdict)).map(({ input, why }) => [input, why]))('refuses %j: %s', (input) => {
    expect(() => parseIpv4Range(input)).toThrow(TypeError)
  })

  it.each(Array.from({ length: 33 }, (_, prefix) => prefix))('takes the prefix length %i, and no other way to write it', (prefix) => {
    expect(parseIpv4Range(`0.0.0.0/${prefix}`)).toEqual({ base: 0, prefix })
    expect(() => parseIpv4Range(`0.0.0.0/0${prefix}`)).toThrow('0 to 32')
    expect(() => parseIpv4Range(`0.0.0.0/${prefix + 33}`)).toThrow('0 to 32')
  })
})

describe('whether an address falls within (guide, case 3: the leftmost contiguous bits)', () => {
  it.each([
    ['8.8.8.8', '8.8.8.8', true],
    ['8.8.8.8', '8.8.8.9', false],
    ['8.8.8.0/24', '8.8.8.255', true],
    ['8.8.8.0/24', '8.8.9.0', false],
    ['8.8.8.0/24', '8.8.7.255', false],
    ['128.0.0.0/1', '255.255.255.255', true],
    ['128.0.0.0/1', '127.255.255.255', false],
    ['0.0.0.0/0', '203.0.113.7', true],
    ['255.255.255.255', '255.255.255.255', true],
    ['8.8.8.8/31', '8.8.8.9', true],
    ['0.0.0.0/0', '::1', false],
    ['0.0.0.0/0', '', false],
  ])('%s and %s: %s', (range, address, within) => {
    expect(rangeContains(parseIpv4Range(range), address)).toBe(within)
  })
})
