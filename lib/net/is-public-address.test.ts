import { describe, expect, test } from 'vitest'
import { isPublicAddress } from './is-public-address'

describe('an address that may be called', () => {
  test.each(['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001:800::200e', '2001:4860:4860::8888'])('%s is of the open internet', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  test.each([
    '0.0.0.0', '10.1.2.3', '100.64.0.1', '100.100.100.200', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8',
    '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255',
  ])('IPv4 %s is reserved', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  test.each([
    '::', '::1', '::8.8.8.8', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1', '2001::1', '2001:1ff::1', '2001:db8::1',
    '2002:7f00:1::', '3fff::1', '4000::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fec0::1', 'ff02::1',
  ])('IPv6 %s is reserved, or leads to IPv4', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  test.each(['', 'localhost', '0x7f000001', '2130706433', '127.1', '8.8.8.8:80', 'fe80::1%eth0', '[::1]'])('%j is none at all', (text) => {
    expect(isPublicAddress(text)).toBe(false)
  })
})
