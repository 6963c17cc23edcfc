import { describe, expect, test } from 'vitest'
import { explainNearMiss } from './explain-near-miss'
import { checkRedirectUri } from './redirect-uri-rules'

const codes = (uri: string, allowLoopbackHttp = false) =>
  checkRedirectUri(uri, { allowLoopbackHttp }).map(({ code, level }) => `${level}:${code}`)

describe('checking one address', () => {
  test.each([
    'https://console.example/oauth/callback/1',
    'https://console.example',
    'https://console.example/',
    'https://console.example:8443/a?b=c',
  ])('finds nothing to say against %s', (uri) => {
    expect(codes(uri)).toEqual([])
  })

  test.each([
    ['', 'error:empty'],
    ['console.example/cb', 'error:not_absolute'],
    ['/oauth/callback', 'error:not_absolute'],
    ['https:/console.example', 'error:not_absolute'],
    ['https:console.example', 'error:not_absolute'],
    ['//console.example', 'error:not_absolute'],
    ['https://', 'error:not_absolute'],
    ['javascript:alert(1)', 'error:not_absolute'],
    ['http://console.example/cb', 'error:not_https'],
    ['myapp://cb', 'error:not_https'],
    ['https://a:b@console.example/', 'error:userinfo'],
    ['https://@console.example/', 'error:userinfo'],
    ['https://*.example.com/', 'error:wildcard'],
    ['https://console.example/*', 'error:wildcard'],
    ['https://console.example/#x', 'error:fragment'],
    ['https://console.example/cb#', 'error:fragment'],
    ['https://console.example/?state=x', 'error:reserved_parameter'],
    ['https://console.example/a b', 'error:bad_character'],
    ['https://console.example/cb ', 'error:bad_character'],
    ['https://console.example/\u202e', 'error:bad_character'],
    ['https://console.example\\cb', 'error:bad_character'],
    [`https://console.example/${'a'.repeat(2_048)}`, 'error:too_long'],
    ['https://Console.example/cb', 'warning:not_canonical'],
    ['https://console.example:443/cb', 'warning:not_canonical'],
    ['https://console.example/a/../cb', 'warning:not_canonical'],
    ['https://localhost', 'warning:loopback'],
  ])('says of %s: %s', (uri, finding) => {
    expect(codes(uri)).toContain(finding)
  })

  test('admits http on this machine only when asked, because the sandbox has no certificate', () => {
    expect(codes('http://127.0.0.1:3000/cb', true)).toEqual(['warning:loopback'])
    expect(codes('http://[::1]:3000/cb', true)).toEqual(['warning:loopback'])
    expect(codes('http://localhost:3000/cb', false)).toContain('error:not_https')
    expect(codes('http://127.0.0.1.evil.test/cb', true)).toContain('error:not_https')
    expect(codes('http://localhost.evil.test/cb', true)).toContain('error:not_https')
  })
})

describe('explaining a near miss', () => {
  const registered = ['https://console.example/oauth/callback', 'https://localhost']

  test('has nothing to explain when the address is registered', () => {
    expect(explainNearMiss('https://localhost', registered)).toEqual({ matches: true })
  })

  test.each([
    ['https://console.example/oauth/callback/', 'trailing_slash', 38],
    ['https://localhost/', 'trailing_slash', 17],
    ['http://console.example/oauth/callback', 'scheme', 4],
    ['https://console.example:8443/oauth/callback', 'port', 23],
    ['https://www.console.example/oauth/callback', 'www', 8],
    ['https://Console.example/oauth/callback', 'host_case', 8],
    ['https://console.exemple/oauth/callback', 'host', 18],
    ['https://console.example/oauth/Callback', 'path_case', 30],
    ['https://console.example/oauth/c%61llback', 'percent_encoding', 31],
    ['https://console.example/auth/callback', 'path', 24],
    ['https://console.example/oauth/callback?x=1', 'query', 38],
    ['https://console.example/oauth/callback#x', 'fragment', 38],
    [' https://localhost', 'whitespace', 0],
  ])('says that %s differs by its %s at %i', (sent, difference, position) => {
    expect(explainNearMiss(sent, registered)).toMatchObject({ matches: false, difference, position })
  })

  test.each(['http://localhost:3000/oauth/callback/1', 'https://www.console.example/auth/callback', 'http://console.exemple/'])(
    'calls %s another address, because more than one part of it differs',
    (sent) => {
      expect(explainNearMiss(sent, registered)).toMatchObject({ matches: false, difference: 'other' })
    },
  )

  test('names the registered address that is closest', () => {
    expect(explainNearMiss('https://localhost/', registered)).toMatchObject({ closest: 'https://localhost' })
    expect(explainNearMiss('https://console.example/oauth/call', registered)).toMatchObject({ closest: registered[0] })
  })

  test('has no closest when none is registered, or calls a text that is no address other', () => {
    expect(explainNearMiss('https://localhost', [])).toEqual({
      matches: false,
      closest: null,
      difference: 'other',
      position: 0,
    })
    expect(explainNearMiss('%%%', registered)).toMatchObject({ difference: 'other' })
    expect(explainNearMiss('https://localhost/%zz', ['https://localhost/%zy'])).toMatchObject({ difference: 'path' })
  })
})
