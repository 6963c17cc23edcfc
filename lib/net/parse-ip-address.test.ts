import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cidrContains } from './cidr-contains'
import { parseIpAddress } from './parse-ip-address'
import { formatIpv4 } from './parse-ipv4'

const canonical = (text: string) => {
  const result = parseIpAddress(text)
  return result.ok ? result.address.canonical : result.code
}

test.each([
  ['8.8.8.8', '8.8.8.8'],
  ['255.255.255.255', '255.255.255.255'],
  ['::1', '::1'],
  ['::', '::'],
  ['1::', '1::'],
  ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['64:ff9b::8.8.8.8', '64:ff9b::808:808'],
  ['::ffff:8.8.8.8', '8.8.8.8'],
  ['::FFFF:808:808', '8.8.8.8'],
  ['0:0:0:0:0:ffff:0808:0808', '8.8.8.8'],
])('reads %s as %s', (text, expected) => {
  expect(canonical(text)).toBe(expected)
})

test.each([
  [':', 'bad_ipv6'],
  [':::', 'bad_ipv6'],
  ['1::2::3', 'bad_ipv6'],
  ['1:2:3:4:5:6:7', 'bad_ipv6'],
  ['1:2:3:4:5:6:7:8:9', 'bad_ipv6'],
  ['1:2:3:4::5:6:7:8', 'bad_ipv6'],
  ['12345::', 'bad_ipv6'],
  ['g::1', 'bad_ipv6'],
  ['fe80::1%eth0', 'bad_ipv6'],
  ['::ffff:8.8.8.08', 'bad_ipv6'],
  ['::8.8.8.8:1', 'bad_ipv6'],
  ['8.8.8.8:80', 'bad_ipv6'],
  ['[::1]', 'bad_ipv6'],
  ['1:', 'bad_ipv6'],
  [':1', 'bad_ipv6'],
  ['8.8.8.8/32', 'bad_char'],
  ['', 'empty'],
  ['127.1', 'not_four_octets'],
])('refuses %s as %s', (text, code) => {
  expect(canonical(text)).toBe(code)
})

test('agrees with the URL parser on every IPv6 address that it prints, because both follow the same grammar', () => {
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      const result = parseIpAddress(text)
      if (!result.ok || result.address.version === 4) return
      expect(`[${result.address.canonical}]`).toBe(new URL(`http://[${text}]/`).hostname)
    }),
    { numRuns: 2_000 },
  )
})

test('compares the leftmost bits only, and puts no IPv6 address into an IPv4 block', () => {
  const address = (text: string) => {
    const result = parseIpAddress(text)
    if (!result.ok) throw new TypeError(text)
    return result.address
  }
  const upperHalf = { network: 0x80000000, prefixLength: 1 }
  expect(cidrContains(upperHalf, address('255.255.255.255'))).toBe(true)
  expect(cidrContains(upperHalf, address('127.255.255.255'))).toBe(false)
  expect(cidrContains({ network: 0, prefixLength: 0 }, address('8.8.8.8'))).toBe(true)
  expect(cidrContains({ network: 0, prefixLength: 0 }, address('2001:db8::1'))).toBe(false)
  expect(cidrContains({ network: 0x08080808, prefixLength: 32 }, address('::ffff:8.8.8.8'))).toBe(true)
  fc.assert(
    fc.property(fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 }), fc.nat(0xffffffff), (a, prefixLength, b) => {
      const bits = (value: number) => value.toString(2).padStart(32, '0').slice(0, prefixLength)
      const network = Number.parseInt(bits(a).padEnd(32, '0'), 2)
      const contained = cidrContains({ network, prefixLength }, address(formatIpv4(b)))
      expect(contained).toBe(bits(a) === bits(b))
    }),
    { numRuns: 2_000 },
  )
})
