import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { generate } from 'selfsigned'
import { afterEach, describe, expect, test } from 'vitest'
import { readEnv } from '@/server/env'
import { createFront } from '@/server/front/create-front'
import type { Runtime } from '@/server/runtime'
import { ask, type Answer, type Ask } from '../ask'

let close: () => void
afterEach(() => close())

interface Setting {
  readonly publicUrl: string
  readonly isLoopback?: boolean
  /** Where TLS ends: in front of the front, unless it has a certificate itself. */
  readonly tls?: 'certificate' | 'self-signed'
  readonly env?: Readonly<Record<string, string>>
}

/** The front in this process, as it would run at another address than this machine's; behind it is a page without headers. */
async function askFront({ publicUrl, isLoopback = false, tls, env = {} }: Setting, init: Ask = {}): Promise<Answer> {
  const runtime = { env: readEnv(env), publicUrl, log: pino({ level: 'silent' }), keys: {}, singletons: new Map() } as unknown as Runtime
  const made = tls ? await generate([{ name: 'commonName', value: 'keyrack.example.com' }], { keySize: 2048, algorithm: 'sha256' }) : null
  const front = createFront({
    runtime,
    tls: made && { cert: made.cert, key: made.private, selfSigned: tls === 'self-signed' },
    isLoopback,
    next: async (request, response) => {
      response.setHeader('Content-Security-Policy', "default-src 'self' 'unsafe-inline'")
      response.setHeader('Cache-Control', 'public, max-age=60')
      response.writeHead(200, { 'X-Frame-Options': 'SAMEORIGIN', 'X-Seen': JSON.stringify(request.headers) })
      response.end()
    },
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  close = () => front.close()
  const { port } = front.address() as AddressInfo
  return ask(`${tls ? 'https' : 'http'}://127.0.0.1:${port}`, '/', { ...init, headers: { host: new URL(publicUrl).host, connection: 'close', ...init.headers } })
}

describe('Strict-Transport-Security', () => {
  test.each<[string, Setting, string | undefined]>([
    ['a name with https', { publicUrl: 'https://keyrack.example.com' }, 'max-age=31536000'],
    ['a name with a certificate of its own', { publicUrl: 'https://keyrack.example.com', tls: 'certificate' }, 'max-age=31536000'],
    ['a certificate that nobody else signed', { publicUrl: 'https://keyrack.example.com', tls: 'self-signed' }, undefined],
    ['a name with https whose owner wants its subdomains covered', { publicUrl: 'https://keyrack.example.com', env: { KEYRACK_HSTS_SUBDOMAINS: 'on' } }, 'max-age=31536000; includeSubDomains'],
    ['an address of digits, which browsers ignore it for', { publicUrl: 'https://192.0.2.7' }, undefined],
    ['this machine, whose other ports speak http', { publicUrl: 'https://localhost:3000', isLoopback: true, env: { KEYRACK_HSTS_SUBDOMAINS: 'on' } }, undefined],
    ['plain http', { publicUrl: 'http://localhost:3000', isLoopback: true }, undefined],
  ])('at %s', async (_where, setting, expected) => {
    const answer = await askFront(setting)
    expect([answer.status, answer.headers['strict-transport-security']]).toEqual([200, expected])
  })
})

test('what comes from behind the front weakens none of its headers', async () => {
  const { headers } = await askFront({ publicUrl: 'https://keyrack.example.com' })
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'nonce-/)
  expect([headers['cache-control'], headers['x-frame-options']]).toEqual(['no-store', 'DENY'])
})

test('what a stranger could be believed by is replaced before anybody behind the front sees it', async () => {
  const lies = {
    'x-forwarded-for': '6.6.6.6', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher', 'x-real-ip': '6.6.6.6', forwarded: 'for=6.6.6.6',
    'x-request-id': 'chosen', 'x-keyrack-client-address': '6.6.6.6', 'content-security-policy': "script-src 'nonce-chosen'", 'x-nonce': 'chosen',
    'x-middleware-subrequest': 'middleware', 'next-action': 'chosen', 'x-invoke-path': '/x', 'x-original-url': '/x', 'x-vercel-ip-country': 'IT',
  }
  const answer = await askFront({ publicUrl: 'https://keyrack.example.com' }, { headers: lies })
  const seen = JSON.parse(String(answer.headers['x-seen'])) as Record<string, string>
  expect(JSON.stringify(seen)).not.toMatch(/6\.6\.6\.6|evil|gopher|chosen|middleware|"\/x"|IT"/)
  expect(seen).toMatchObject({
    host: 'keyrack.example.com', 'x-forwarded-host': 'keyrack.example.com', 'x-forwarded-proto': 'https', 'x-forwarded-for': '127.0.0.1',
    'x-keyrack-client-address': '127.0.0.1', 'x-request-id': answer.headers['x-request-id'],
  })
})
