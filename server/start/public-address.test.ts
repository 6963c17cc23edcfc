import { expect, test } from 'vitest'
import { readEnv } from '../env'
import { publicAddress } from './public-address'

const address = (source: Record<string, string>) => publicAddress(readEnv(source))

test('is localhost at the port when nothing is set', () => {
  expect(address({})).toEqual({ url: 'http://localhost:3000', isLoopback: true })
  expect(address({ PORT: '4000' }).url).toBe('http://localhost:4000')
})

test.each([
  [{ KEYRACK_URL: 'http://keyrack.example.com' }, /plain http away from this machine/],
  [{ KEYRACK_URL: 'https://keyrack.example.com' }, /nothing here speaks https/],
  [{ HOST: '0.0.0.0' }, /cross the network in plain http/],
  [{ KEYRACK_URL: 'http://localhost:3000', KEYRACK_TLS: 'self-signed' }, /must begin with https/],
  [{ KEYRACK_URL: 'http://localhost:3000/console' }, /a scheme, a host and perhaps a port/],
  [{ KEYRACK_URL: 'https://user@keyrack.example.com', TRUSTED_PROXIES: '10.0.0.1' }, /a scheme, a host and perhaps a port/],
])('refuses %j with the reason', (source, reason) => {
  expect(() => address(source)).toThrow(reason)
})

test.each([
  [{ KEYRACK_URL: 'https://keyrack.example.com', TRUSTED_PROXIES: '127.0.0.1' }, 'https://keyrack.example.com', false],
  [{ KEYRACK_URL: 'https://keyrack.example.com', KEYRACK_TLS: 'self-signed', HOST: '0.0.0.0' }, 'https://keyrack.example.com', false],
  [{ KEYRACK_TLS: 'self-signed' }, 'https://localhost:3000', true],
  [{ KEYRACK_URL: 'http://127.0.0.1:3000' }, 'http://127.0.0.1:3000', true],
  [{ KEYRACK_URL: 'https://keyrack.example.com/', TRUSTED_PROXIES: '127.0.0.1' }, 'https://keyrack.example.com', false],
])('takes %j', (source, url, isLoopback) => {
  expect(address(source)).toEqual({ url, isLoopback })
})
