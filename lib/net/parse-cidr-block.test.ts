import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../tests/vectors/ipv4-cidr.json'
import { cidrSize, cidrsOfRange, formatCidrBlock, networkOf, type CidrBlock } from './cidr-block'
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

  test('reads back the block that it prints', { timeout: 60_000 }, () => {
    const isReadBack = (block: CidrBlock) => {
      const parsed = parseCidrBlock(formatCidrBlock(block))
      if (!('block' in parsed)) return false
      const { network, prefixLength } = parsed.block
      return network === block.network && prefixLength === block.prefixLength && parsed.canonical === formatCidrBlock(block)
    }
    expect(() => fc.assert(fc.property(net, isReadBack), { numRuns: 100_000 })).not.toThrow(Error)
  })

  // By another way than the parser's: a pattern of the form, and arithmetic on what it found.
  const form = /^([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)(?:\/([0-9]+))?$/
  function isInGrammar(text: string): boolean {
    const [whole, ...parts] = form.exec(text) ?? []
    if (whole === undefined || text.endsWith('\n')) return false
    const numbers = parts.filter((part) => part !== undefined)
    const prefixLength = parts[4] === undefined ? 32 : Number(parts[4])
    const isPlain = numbers.every((part) => String(Number(part)) === part) && parts.slice(0, 4).every((part) => Number(part) < 256)
    const address = parts.slice(0, 4).reduce((sum, part) => sum * 256n + BigInt(part), 0n)
    return isPlain && prefixLength <= 32 && address % 2n ** BigInt(32 - prefixLength) === 0n
  }
  const nearMiss = fc
    .tuple(net.map(formatCidrBlock), fc.nat(18), fc.string({ unit: 'binary', maxLength: 2 }))
    .map(([text, at, noise]) => text.slice(0, at) + noise + text.slice(at + 1))
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789./: -*x٣'), maxLength: 20 })

  test('takes what the grammar allows and nothing else, and never throws', { timeout: 60_000 }, () => {
    const isJudgedRightly = (text: string) => {
      const result = parseCidrBlock(text)
      return 'block' in result ? isInGrammar(text) : !isInGrammar(text) && result.position <= text.length
    }
    const texts = fc.oneof(fc.string({ unit: 'binary' }), nearMiss, digits)
    expect(() => fc.assert(fc.property(texts, isJudgedRightly), { numRuns: 100_000 })).not.toThrow(Error)
  })

  test.each([
    [' 8.8.8.8', '8.8.8.8'],
    ['8.8.8.0/24\r\n', '8.8.8.0/24'],
    ['\t8.8.8.8 ', '8.8.8.8'],
  ])('refuses %j and tells what is meant, because blanks around it are all that is wrong', (text, meant) => {
    expect(parseCidrBlock(text)).toMatchObject({ verdict: 'refuse', suggestions: [meant] })
  })

  test.each([' 8.8.8.8/24', '\u00a08.8.8.8', ' 8.8.8', ' '])('guesses nothing from %j', (text) => {
    expect(parseCidrBlock(text)).not.toHaveProperty('suggestions')
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
