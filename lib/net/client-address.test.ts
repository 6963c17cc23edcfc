import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import vectors from '../../tests/vectors/client-address.json'
import { explainClientAddress, resolveClientAddress, type ClientAddress } from './client-address'
import { parseCidrBlock } from './parse-cidr-block'

const block = (text: string) => {
  const result = parseCidrBlock(text)
  if (!('block' in result)) throw new TypeError(text)
  return result.block
}
const trustedProxies = [block('10.0.0.0/8'), block('127.0.0.1')]

/** Some vectors describe their header in words; this is what those words send. */
const SPOKEN: Readonly<Record<string, readonly string[] | undefined>> = {
  '(none)': undefined,
  'two header lines: 1.1.1.1 and 8.8.8.8': ['1.1.1.1', '8.8.8.8'],
  'X-Real-IP: 8.8.8.8 only': undefined,
  '1 000 entries / 64 KB': [Array.from({ length: 1_000 }, () => '8.8.8.8'.padEnd(64)).join(',')],
  'client sent X-Forwarded-For: 6.6.6.6 and X-Forwarded-Host: evil to the front': undefined,
}
const EXPECTED: Readonly<Record<string, string>> = {
  'IPv6 → no match': '2001:db8::1',
  'socket peer of the front; host from config': '127.0.0.1',
}

test.each(vectors)('resolves $header from $peer to $expect, because of: $why', ({ peer, header, expect: expected }) => {
  const forwardedFor = header in SPOKEN ? SPOKEN[header] : header
  const result = resolveClientAddress({ peer: peer.split(' ', 1)[0] ?? '', forwardedFor, trustedProxies })
  const denied = { unresolved: expect.any(String) as string }
  expect(result).toEqual(expected.includes('unresolved') ? denied : { address: EXPECTED[expected] ?? expected })
})

test.each<[string, string, ClientAddress, string]>([
  ['::ffff:10.0.0.2', '8.8.8.8', { address: '8.8.8.8' }, 'a mapped peer is the IPv4 proxy'],
  ['::ffff:9.9.9.9', '8.8.8.8', { address: '9.9.9.9' }, 'a mapped stranger counts himself'],
  ['10.0.0.2', '10.0.0.9, 10.0.0.8', { address: '10.0.0.9' }, 'proxies all the way: the leftmost'],
  ['10.0.0.2', 'evil, 8.8.8.8', { address: '8.8.8.8' }, 'what strangers wrote further left is not read'],
  ['10.0.0.2', '8.8.8.8,', { unresolved: 'malformed_entry' }, 'an empty entry'],
  ['10.0.0.2', ',', { unresolved: 'malformed_entry' }, 'only empty entries'],
  ['10.0.0.2', ' \t ', { address: '10.0.0.2' }, 'a blank header is none'],
  ['10.0.0.2', '8.8.8.8\u00a0', { unresolved: 'malformed_entry' }, 'only ASCII blanks are trimmed'],
  ['10.0.0.2', 'unknown', { unresolved: 'malformed_entry' }, 'a word'],
  ['10.0.0.2', '[8.8.8.8]', { unresolved: 'malformed_entry' }, 'brackets around IPv4'],
  ['10.0.0.2', '[2001:db8::1]', { address: '2001:db8::1' }, 'brackets around IPv6'],
  ['10.0.0.2', '2001:DB8::1', { address: '2001:db8::1' }, 'bare IPv6, canonical'],
  ['10.0.0.2', '[::ffff:10.0.0.7]:80', { address: '10.0.0.7' }, 'a mapped proxy in brackets'],
  ['fe80::1%eth0', '8.8.8.8', { address: 'fe80::1' }, 'a socket peer may carry its zone'],
  ['', '8.8.8.8', { unresolved: 'bad_peer' }, 'a socket that has gone'],
  [
    '10.0.0.2',
    Array.from({ length: 65 }, () => '10.0.0.1').join(','),
    { unresolved: 'too_many_entries' },
    '65 entries',
  ],
  ['10.0.0.2', `8.8.8.8${' '.repeat(4_096)}`, { unresolved: 'too_long' }, 'over 4 KB'],
])('resolves peer %s with header %j to %j, because of: %s', (peer, forwardedFor, expected) => {
  expect(resolveClientAddress({ peer, forwardedFor, trustedProxies })).toEqual(expected)
})

test('never believes the part of a header that a stranger wrote, whatever he writes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (written) => {
      const header = `${written},8.8.8.8, 10.0.0.9`
      const result = resolveClientAddress({ peer: '10.0.0.2', forwardedFor: header, trustedProxies })
      expect('address' in result ? result.address : result.unresolved).toMatch(/^8\.8\.8\.8$|^too_/)
      const direct = resolveClientAddress({ peer: '9.9.9.9', forwardedFor: header, trustedProxies })
      expect(direct).toEqual({ address: '9.9.9.9' })
    }),
    { numRuns: 5_000 },
  )
})

test.each([
  ['9.9.9.9', '8.8.8.8', ['first_stranger', 'not_believed']],
  ['10.0.0.2', undefined, ['no_header']],
  ['10.0.0.2', 'evil, 8.8.8.8, 10.0.0.9', ['trusted', 'trusted', 'first_stranger', 'not_believed']],
  ['10.0.0.2', '10.0.0.9, 10.0.0.8', ['trusted', 'trusted', 'leftmost']],
  ['10.0.0.2', '8.8.8.8, evil', ['trusted', 'malformed', 'not_believed']],
  ['', '8.8.8.8', ['malformed', 'not_believed']],
])('tells of peer %j with header %j why each hop counts or does not', (peer, forwardedFor, reasons) => {
  expect(explainClientAddress({ peer, forwardedFor, trustedProxies }).hops.map(({ reason }) => reason)).toEqual(reasons)
})

test('counts exactly the hop whose address is the answer, and none when there is no answer', () => {
  const entry = fc.oneof(fc.ipV4(), fc.constantFrom('10.0.0.1', '127.0.0.1', 'evil', '', '[::1]:80'))
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.constantFrom('10.0.0.2', '', '::1')), fc.array(entry, { maxLength: 70 }), (peer, entries) => {
      const { found, hops } = explainClientAddress({ peer, forwardedFor: entries.join(', '), trustedProxies })
      expect(hops.filter(({ counts }) => counts).map(({ address }) => address)).toEqual('address' in found ? [found.address] : [])
    }),
    { numRuns: 2_000 },
  )
})
