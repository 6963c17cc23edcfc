import { expect, test } from 'vitest'
import { readEnv } from './env'

test('names each wrong variable and never its value', () => {
  const source = { PORT: 'http', LOG_LEVEL: 'loud-canary', KEYRACK_OIDC_ISSUER: 'no address canary' }
  expect(() => readEnv(source)).toThrow(/PORT[\s\S]*LOG_LEVEL|LOG_LEVEL[\s\S]*PORT/)
  expect(() => readEnv(source)).not.toThrow(/canary/)
})

test('takes an empty variable for an absent one, as a copied .env.example leaves it', () => {
  expect(readEnv({ DATABASE_URL: '', PORT: '' })).toMatchObject({ PORT: 3000 })
  expect(readEnv({ DATABASE_URL: '' }).DATABASE_URL).toBeUndefined()
})

test('reads trusted proxies strictly, and says what was perhaps meant', () => {
  expect(readEnv({ TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.7' }).TRUSTED_PROXIES).toHaveLength(2)
  expect(() => readEnv({ TRUSTED_PROXIES: '10.0.0.1/8' })).toThrow(/10\.0\.0\.0\/8/)
  expect(() => readEnv({ TRUSTED_PROXIES: 'proxy.local' })).toThrow(/TRUSTED_PROXIES/)
})

test('always knows Octorate, and takes other upstreams over https only', () => {
  expect(readEnv({}).KEYRACK_UPSTREAMS.map((upstream) => upstream.id)).toEqual(['octorate'])
  const two = readEnv({ KEYRACK_UPSTREAMS: 'partner=https://admin.example.com|https://api.example.com/connect/' })
  expect(two.KEYRACK_UPSTREAMS[1]).toEqual({
    id: 'partner', label: 'partner', sandbox: false,
    backOfficeBase: 'https://admin.example.com', apiBase: 'https://api.example.com/connect',
  })
})

test.each(['partner', 'x=http://a.example|https://b.example', 'x=https://u@a.example|https://b.example', 'x=https://a.example?q|https://b.example'])(
  'refuses the upstream %j, because it is no pair of plain https addresses',
  (wrong) => {
    expect(() => readEnv({ KEYRACK_UPSTREAMS: wrong })).toThrow(/KEYRACK_UPSTREAMS/)
  },
)
