import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { authorizeUrl } from './authorize-url'
import { upstreamUrls } from './upstream-urls'

const bases = {
  backOfficeBase: 'https://admin.octorate.com',
  apiBase: 'https://api.octorate.com/connect',
  apiVersion: 'v1',
}

test('spells every address of an API client out of its three settings', () => {
  expect(upstreamUrls(bases)).toEqual({
    consent: 'https://admin.octorate.com/octobook/identity/oauth.xhtml',
    token: 'https://api.octorate.com/connect/rest/v1/identity/token',
    migrate: 'https://api.octorate.com/connect/rest/v1/identity/migrate',
    rest: 'https://api.octorate.com/connect/rest/v1',
    refresh: 'https://api.octorate.com/connect/rest/v1/identity/refresh',
    apiLogin: 'https://api.octorate.com/connect/rest/v1/identity/apilogin',
    configuration: 'https://api.octorate.com/connect/rest/v1/api/configuration',
    properties: 'https://api.octorate.com/connect/rest/v1/accommodation',
    userInfo: 'https://api.octorate.com/connect/rest/v1/user/info',
    createProperty: 'https://api.octorate.com/connect/rest/v2/accommodation',
  })
})

test('forgives a slash at the end of a base, because people copy it', () => {
  const urls = upstreamUrls({
    ...bases,
    backOfficeBase: 'http://127.0.0.1:4010/',
    apiBase: 'http://127.0.0.1:4010/connect//',
  })
  expect(urls.consent).toBe('http://127.0.0.1:4010/octobook/identity/oauth.xhtml')
  expect(urls.token).toBe('http://127.0.0.1:4010/connect/rest/v1/identity/token')
})

test.each([
  '',
  'admin.octorate.com',
  'ftp://x',
  'https://u:p@x',
  'https://x?y',
  'https://x#y',
  'https://x\\y',
  ' https://x',
])('refuses %j as a base, because a call would go astray', (base) => {
  expect(() => upstreamUrls({ ...bases, apiBase: base })).toThrow(/^apiBase is/)
  expect(() => upstreamUrls({ ...bases, backOfficeBase: base })).toThrow(/^backOfficeBase is/)
})

test.each(['', '1', 'V1', 'v0', 'v1/../v2', 'v1 '])('refuses %j as a version', (apiVersion) => {
  expect(() => upstreamUrls({ ...bases, apiVersion })).toThrow(TypeError)
})

test('asks for consent with three parameters and nothing else', () => {
  const url = authorizeUrl({
    backOfficeBase: bases.backOfficeBase,
    clientId: 'public_a1',
    redirectUri: 'https://console.example/oauth/callback/1?a=b c',
    state: 'x+y/z=',
  })
  expect(url).toBe(
    'https://admin.octorate.com/octobook/identity/oauth.xhtml?client_id=public_a1' +
      '&redirect_uri=https%3A%2F%2Fconsole.example%2Foauth%2Fcallback%2F1%3Fa%3Db%20c&state=x%2By%2Fz%3D',
  )
})

test('brings every value through the address unchanged, because the redirect URI is compared character by character', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 })
  fc.assert(
    fc.property(text, text, text, (clientId, redirectUri, state) => {
      const { searchParams } = new URL(
        authorizeUrl({ backOfficeBase: bases.backOfficeBase, clientId, redirectUri, state }),
      )
      expect([...searchParams]).toEqual([
        ['client_id', clientId],
        ['redirect_uri', redirectUri],
        ['state', state],
      ])
    }),
    { numRuns: 1_000 },
  )
})
