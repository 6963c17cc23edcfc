import { BlockList } from 'node:net'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { networkOf, type CidrBlock } from '@/lib/net/cidr-block'
import { makeAddressMatcher } from '@/lib/net/make-address-matcher'
import { formatIpv4 } from '@/lib/net/parse-ipv4'

const LISTS = 2_000
const ADDRESSES = 500

test("agrees with Node's own list on a million pairs of address and list", { timeout: 120_000 }, () => {
  // Near each other, so that about half of the addresses belong.
  const near = fc.nat(0xffff).map((low) => 0x08080000 + low)
  const block = fc.tuple(near, fc.integer({ min: 20, max: 32 })).map(([address, prefixLength]): CidrBlock => ({ network: networkOf(address, prefixLength), prefixLength }))
  const differences: string[] = []
  fc.assert(
    fc.property(fc.array(block, { maxLength: 8 }), fc.array(near, { minLength: ADDRESSES, maxLength: ADDRESSES }), (blocks, addresses) => {
      const theirs = new BlockList()
      for (const { network, prefixLength } of blocks) theirs.addSubnet(formatIpv4(network), prefixLength)
      const ours = makeAddressMatcher(blocks)
      const texts = addresses.map(formatIpv4)
      differences.push(...texts.filter((text) => ours.has(text) !== theirs.check(text)))
      return differences.length === 0
    }),
    { numRuns: LISTS },
  )
  expect(differences).toEqual([])
})
