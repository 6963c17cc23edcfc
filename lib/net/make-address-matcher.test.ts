import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalBlock } from './canonical-block'
import { networkOf, type CidrBlock } from './cidr-block'
import { makeAddressMatcher } from './make-address-matcher'
import { formatIpv4 } from './parse-ipv4'

const matcherOf = (...texts: string[]) => makeAddressMatcher(texts.map((text) => canonicalBlock(text)))
const value = (text: string) => canonicalBlock(text).network

describe('a list of addresses', () => {
  test('holds what lies in one of its networks, and nothing else', () => {
    const { has } = matcherOf('8.8.8.0/24', '1.1.1.1')
    expect(['8.8.8.0', '8.8.8.255', '1.1.1.1', '::ffff:1.1.1.1'].map(has)).toEqual([true, true, true, true])
    expect(['8.8.7.255', '8.8.9.0', '1.1.1.2', '::1'].map(has)).toEqual([false, false, false, false])
  })

  test('holds nothing that is no address, because an unknown caller is a stranger', () => {
    expect(['unresolved', '', '8.8.8.08', '8.8.8.8 ', '8.8.8', '8.8.8.8.', '2001:db8::1'].filter(matcherOf('0.0.0.0/0').has)).toEqual([])
  })

  test('holds nobody when it is empty, and has no nearest entry then', () => {
    expect(matcherOf().has('8.8.8.8')).toBe(false)
    expect(matcherOf().nearest(value('8.8.8.8'))).toBeNull()
  })

  test('names the narrowest entry, because that one was written for the address, and the first of equal ones', () => {
    const { find } = matcherOf('8.0.0.0/8', '8.8.8.0/24', '8.8.8.8', '8.8.8.0/24')
    expect(['8.8.8.8', '8.8.8.9', '8.8.9.0', '9.0.0.0', '7.255.255.255'].map((text) => find(value(text)))).toEqual([2, 1, 0, -1, -1])
  })

  test('holds the first and the last address of all', () => {
    const { has } = matcherOf('0.0.0.0', '255.255.255.255')
    expect(['0.0.0.0', '0.0.0.1', '255.255.255.254', '255.255.255.255'].map(has)).toEqual([true, false, false, true])
  })

  test('names the entry that comes nearest, and how far it is', () => {
    const { nearest } = matcherOf('8.8.8.0/24', '8.8.10.0/24')
    expect(nearest(value('8.8.9.2'))).toEqual({ place: 0, distance: 3, side: 'below' })
    expect(nearest(value('8.8.9.255'))).toEqual({ place: 1, distance: 1, side: 'above' })
    expect(nearest(value('0.0.0.0'))).toMatchObject({ place: 0, side: 'above' })
    expect(nearest(value('255.0.0.0'))).toMatchObject({ place: 1, side: 'below' })
  })

  test.each(['8.8.8.8/24', '8.8.8.8/32', 'any', ''])('is not made of %j, because a list that cannot be read must not pass', (entry) => {
    expect(() => canonicalBlock(entry)).toThrow('not a canonical IPv4 address or network')
  })
})

test('of many entries answers as the same entries one by one, because it looks them up in another way', () => {
  const blocks = Array.from({ length: 2_000 }, (_, at): CidrBlock => {
    const prefixLength = 12 + (at % 21)
    return { network: networkOf((at * 2_654_435_761) % 2 ** 32, prefixLength), prefixLength }
  })
  const { has } = makeAddressMatcher(blocks)
  const alone = blocks.map((block) => makeAddressMatcher([block]).has)
  const edges = blocks.flatMap(({ network, prefixLength }) => [network - 1, network, network + 2 ** (32 - prefixLength) - 1, network + 2 ** (32 - prefixLength)])
  const texts = edges.filter((edge) => edge >= 0 && edge < 2 ** 32).slice(0, 1_500).map(formatIpv4)
  expect(texts.filter((text) => has(text) !== alone.some((each) => each(text)))).toEqual([])
})

test('names an entry that holds the address and the nearest one that does not, as a look at every entry would', () => {
  const block = fc.tuple(fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 })).map(([address, prefixLength]): CidrBlock => ({ network: networkOf(address, prefixLength), prefixLength }))
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 12 }), fc.nat(0xffffffff), (blocks, address) => {
      const { find, nearest } = makeAddressMatcher(blocks)
      const ends = blocks.map(({ network, prefixLength }) => ({ first: network, last: network + 2 ** (32 - prefixLength) - 1, prefixLength }))
      const holding = ends.filter(({ first, last }) => first <= address && address <= last)
      const narrowest = holding.toSorted((x, y) => y.prefixLength - x.prefixLength).at(0)
      expect(ends[find(address)]).toBe(narrowest)
      const distances = ends.map(({ first, last }) => Math.max(first - address, address - last))
      const miss = narrowest ? null : nearest(address)
      expect(miss?.distance).toBe(narrowest ? undefined : Math.min(...distances))
      const named = miss && ends[miss.place]
      expect(named && (miss.side === 'below' ? address - named.last : named.first - address)).toBe(miss && miss.distance)
    }),
    { numRuns: 3_000 },
  )
})
