import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../tests/vectors/ipv4-cidr.json'
import { cidrSize, cidrsOfRange, formatCidrBlock, networkOf } from './cidr-block'
import { parseCidrBlock, type CidrResult } from './parse-cidr-block'
import { formatIpv4 } from './parse-ipv4'

const canonicalOf = (result: CidrResult) => {
  if (result.verdict === 'suggest') return result.suggestions.join(' ')
  return result.verdict === 'refuse' ? null : result.canonical
}
const summary = (text: string) => {
  const result = parseCidrBlock(text)
  return { verdict: result.verdict, code: result.code, canonical: canonicalOf(result) }
}

test.each(vectors)('answers $input with $verdict ($code), because of: $why', ({ input, verdict, code, canonical }) => {
  expect(summary(input)).toEqual({ verdict, code, canonical })
})

test.each([
  ['8.8.8.0/33', 'refuse', 'bad_prefix', null],
  ['8.8.8.0/00', 'refuse', 'bad_prefix', null],
  ['8.8.8.0/-1', 'refuse', 'bad_prefix', null],
  ['8.8.8.0/+8', 'refuse', 'bad_prefix', null],
  ['8.8.8.0/0x18', 'refuse', 'bad_prefix', null],
  ['8.8.8.0/24/24', 'refuse', 'bad_prefix', null],
  ['8.8.8.0/24 ', 'refuse', 'bad_prefix', null],
  ['8.8.8.0/२४', 'refuse', 'bad_prefix', null],
  ['8.8.8.0\\24', 'refuse', 'bad_char', null],
  ['8.8.8.0/255.255.255.0', 'suggest', 'bad_mask', '8.8.8.0/24'],
  ['8.8.8.9/255.255.255.255', 'suggest', 'bad_mask', '8.8.8.9'],
  ['8.8.8.0/255.0.255.0', 'refuse', 'bad_mask', null],
  ['8.8.8.0/0.0.0.0', 'refuse', 'bad_mask', null],
  ['8.8.8.', 'refuse', 'not_four_octets', null],
  ['8..8.8', 'refuse', 'not_four_octets', null],
  ['.', 'refuse', 'not_four_octets', null],
  ['*', 'refuse', 'wildcard', null],
  ['8.8.*.*', 'refuse', 'wildcard', null],
  ['8.8.8.255-8.8.8.0', 'refuse', 'range_form', null],
  ['8.8.8.1-8.8.8.2', 'suggest', 'range_form', '8.8.8.1 8.8.8.2'],
  ['0.0.0.1-255.255.255.254', 'refuse', 'range_form', null],
  ['8.8.8.8/8', 'suggest', 'host_bits', '8.0.0.0/8'],
  ['8.0.0.0/8', 'accept', 'ok', '8.0.0.0/8'],
  ['8.0.0.0/7', 'confirm', 'wide', '8.0.0.0/7'],
  ['128.0.0.0/1', 'confirm', 'wide', '128.0.0.0/1'],
  ['8.8.8.8/32', 'accept', 'ok', '8.8.8.8'],
  ['10.1.2.3', 'warn', 'private', '10.1.2.3'],
  ['172.31.255.255', 'warn', 'private', '172.31.255.255'],
  ['172.32.0.0', 'accept', 'ok', '172.32.0.0'],
  ['192.168.0.0/16', 'warn', 'private', '192.168.0.0/16'],
  ['192.0.2.0/24', 'warn', 'reserved_doc', '192.0.2.0/24'],
  ['198.51.100.1', 'warn', 'reserved_doc', '198.51.100.1'],
  ['198.19.0.1', 'warn', 'benchmarking', '198.19.0.1'],
  ['192.0.0.8', 'warn', 'protocol_assignments', '192.0.0.8'],
  ['192.88.99.1', 'warn', 'relay_anycast', '192.88.99.1'],
  ['0.0.0.0', 'warn', 'this_network', '0.0.0.0'],
  ['240.0.0.1', 'warn', 'future_use', '240.0.0.1'],
  ['255.255.255.255', 'warn', 'broadcast', '255.255.255.255'],
  ['::ffff:8.8.8.9/120', 'suggest', 'ipv4_mapped', '8.8.8.0/24'],
  ['::ffff:8.8.8.8/128', 'suggest', 'ipv4_mapped', '8.8.8.8'],
  ['::ffff:8.8.8.8/0120', 'refuse', 'ipv6', null],
  ['::ffff:8.8.8.8/129', 'refuse', 'ipv6', null],
  ['::ffff:8.8.8.8/', 'refuse', 'ipv6', null],
  ['8.8.8.8:', 'refuse', 'port', null],
  ['1'.repeat(101), 'refuse', 'too_long', null],
])('answers %s with %s (%s)', (input, ...expected) => {
  const { verdict, code, canonical } = summary(input)
  expect([verdict, code, canonical]).toEqual(expected)
})

test.each([
  ['', 0],
  ['8.8.8.08', 6],
  ['8.8.8.999', 6],
  ['256.1.1.1', 0],
  ['8.8.8.8\n', 7],
  ['8.8.8', 5],
  ['8.8.8.8.8', 8],
  ['8..8.8', 2],
  ['8.8.8.8.', 7],
  ['8.8.8.0/08', 8],
  ['8.8.8.8:443', 7],
  ['8.8.8.*', 6],
  ['8.8.8.0-255', 7],
  ['8.8.8.8/24', 8],
])('points into %j at character %i, because a person must find the fault', (input, position) => {
  expect(parseCidrBlock(input)).toMatchObject({ position })
})

test('counts addresses and asks to confirm what is wider than /8, because such a list restricts nothing', () => {
  expect(parseCidrBlock('8.8.8.0/24')).toMatchObject({ addressCount: 256, needsConfirmation: false })
  expect(parseCidrBlock('0.0.0.0/0')).toMatchObject({ addressCount: 4_294_967_296, needsConfirmation: true })
  expect(parseCidrBlock('224.0.0.0/4')).toMatchObject({ verdict: 'warn', needsConfirmation: true })
})

describe('for every text', () => {
  const net = fc
    .tuple(fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 }))
    .map(([address, prefixLength]) => ({ network: networkOf(address, prefixLength), prefixLength }))

  test('reads back the block that it prints', () => {
    fc.assert(
      fc.property(net, (block) => {
        expect(parseCidrBlock(formatCidrBlock(block))).toMatchObject({ block, canonical: formatCidrBlock(block) })
      }),
      { numRuns: 10_000 },
    )
  })

  const abnf =
    /^(?:(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])\.){3}(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])(?:\/(?:\d|[12]\d|3[0-2]))?$/
  const nearMiss = fc
    .tuple(net.map(formatCidrBlock), fc.nat(18), fc.string({ unit: 'binary', maxLength: 2 }))
    .map(([text, at, noise]) => text.slice(0, at) + noise + text.slice(at + 1))

  test('takes only what the grammar allows and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), nearMiss), (text) => {
        const result = parseCidrBlock(text)
        const isAnswered = 'block' in result ? abnf.test(text) : result.position <= text.length
        expect(isAnswered).toBe(true)
      }),
      { numRuns: 10_000 },
    )
  })

  test('suggests only texts that are taken as they stand', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.integer({ min: 1, max: 32 }), (address, prefixLength) => {
        const result = parseCidrBlock(`${formatIpv4(address)}/${prefixLength}`)
        const suggestions = result.verdict === 'suggest' ? result.suggestions : []
        expect(suggestions.every((text) => 'block' in parseCidrBlock(text))).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  test('covers a range exactly, with blocks in order and without gaps', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), (a, b) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)]
        let next = first
        for (const block of cidrsOfRange(first, last)) {
          expect(block.network).toBe(next)
          expect(networkOf(block.network, block.prefixLength)).toBe(block.network)
          next += cidrSize(block)
        }
        expect(next).toBe(last + 1)
      }),
      { numRuns: 1_000 },
    )
  })
})
