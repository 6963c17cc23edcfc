import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Claims {
  readonly email?: string
  readonly email_verified?: boolean
  readonly groups?: readonly string[]
}

export interface OidcIssuer {
  readonly url: string
  /** What the next person who signs in there is. */
  claims: Claims
  close(): Promise<void>
}

/** A small OpenID Connect provider that signs everybody in as `claims`: discovery, keys, code with PKCE, id token. */
export async function startOidcIssuer(clientId: string): Promise<OidcIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const codes = new Map<string, { nonce: string; challenge: string }>()
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', issuer.url)
    const json = (body: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    if (url.pathname === '/.well-known/openid-configuration') return json(discovery(issuer.url))
    if (url.pathname === '/keys') return json({ keys: [{ ...publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'one' }] })
    if (url.pathname === '/authorize') {
      const code = randomUUID()
      codes.set(code, { nonce: url.searchParams.get('nonce') ?? '', challenge: url.searchParams.get('code_challenge') ?? '' })
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      back.search = new URLSearchParams({ code, state: url.searchParams.get('state') ?? '' }).toString()
      return response.writeHead(302, { location: back.href }).end()
    }
    const form = new URLSearchParams(await readBody(request))
    const known = codes.get(form.get('code') ?? '')
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url')
    if (known?.challenge !== challenge) return response.writeHead(400).end()
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: issuer.url, aud: clientId, sub: 'somebody', iat: now, exp: now + 300, nonce: known.nonce, ...issuer.claims }
    const head = [{ alg: 'RS256', kid: 'one' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    const signature = sign('sha256', Buffer.from(head), privateKey).toString('base64url')
    return json({ access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: `${head}.${signature}` })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer: OidcIssuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    claims: {},
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return issuer
}

function discovery(url: string) {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}
