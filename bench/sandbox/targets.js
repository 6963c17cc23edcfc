import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { get, sendForm, sendJson } from './form.js'
import { ROOT, startProcess } from './start-process.js'

const WAIT_LONGER_MS = 500
const NOT_OFFERED = { status: 0, body: null }

/**
 * The three servers, each driven in its own dialect through the same calls: `authorize` (what the browser brings back),
 * `exchange`, `refresh`, `logIn`, `use` (status of a call with a token), `revoke`, `passTime`, `replaceRedirectUris`,
 * `migrate`. What a server does not offer answers with status 0. `loads` are the two calls that the speed is measured of.
 */
export const TARGETS = {
  sandbox: { packageName: 'keyrack-sandbox', start: startSandbox },
  'oidc-provider': { packageName: 'oidc-provider', start: startOidcProvider },
  'oauth2-mock-server': { packageName: 'oauth2-mock-server', start: startMockServer },
}

/** @returns the version that is installed, so that a result says what it was measured of */
export async function versionOf(packageName) {
  const file = packageName === 'keyrack-sandbox' ? 'sandbox/package.json' : `bench/node_modules/${packageName}/package.json`
  const text = await readFile(path.join(ROOT, file), 'utf8').catch(() => {
    throw new Error(`${packageName} is not installed. Run: npm --prefix bench ci`)
  })
  return JSON.parse(text).version
}

/** The sandbox's program must have been bundled before. */
async function startSandbox({ defer, durable = false }) {
  const data = durable ? await temporaryFolder(defer) : undefined
  const { ready, memory } = await startProcess('dist/sandbox.js', ['--port', '0', '--json', ...(data ? ['--data', data] : [])], defer)
  const { apiUrl, backOfficeUrl, controlUrl, apiClients, legacyKeys } = ready
  const [{ clientId, clientSecret, redirectUris: [redirectUri] }] = apiClients
  const credentials = (secret = clientSecret) => ({ client_id: clientId, client_secret: secret })
  const call = (name, fields) => sendForm(`${apiUrl}/rest/v1/${name}`, fields)
  const property = '324410'
  const api = {
    memory,
    redirectUri,
    async authorize({ redirectUri: uri = redirectUri } = {}) {
      const query = new URLSearchParams({ client_id: clientId, redirect_uri: uri, state: 'a-state-of-the-bench-01' })
      return approveOnPage(`${backOfficeUrl}/octobook/identity/oauth.xhtml?${query}`, property)
    },
    exchange: ({ code, grantType = 'code', uri = redirectUri, secret }) =>
      call('identity/token', { ...credentials(secret), grant_type: grantType, redirect_uri: uri, code }),
    refresh: ({ token, secret }) => call('identity/refresh', { ...credentials(secret), refresh_token: token }),
    logIn: ({ secret } = {}) => call('identity/apilogin', credentials(secret)),
    use: async (token) => (await get(`${apiUrl}/rest/v1/accommodation/${property}`, { authorization: `Bearer ${token}` })).status,
    revoke: (token) => sendJson('POST', `${controlUrl}/grants/revoke`, { body: { refreshToken: token } }),
    passTime: (ms) => sendJson('POST', `${controlUrl}/clock/advance`, { body: { ms } }),
    async replaceRedirectUris(redirectUris) {
      const { body } = await api.logIn()
      const authorization = `Bearer ${body.access_token}`
      return sendJson('PATCH', `${apiUrl}/rest/v1/api/configuration`, { body: { redirectUri: redirectUris }, headers: { authorization } })
    },
    migrate({ key, accommodation } = legacyKeys[0] ?? {}) {
      if (key === undefined) return NOT_OFFERED
      return sendForm(`${apiUrl}/rest/v1/identity/migrate`, { accommodation }, { key })
    },
    async loads() {
      const { code } = await api.authorize()
      const { body } = await api.exchange({ code })
      return {
        refresh: { url: `${apiUrl}/rest/v1/identity/refresh`, body: form({ ...credentials(), refresh_token: body.refresh_token }) },
        apiLogin: { url: `${apiUrl}/rest/v1/identity/apilogin`, body: form(credentials()) },
      }
    },
  }
  return api
}

async function startOidcProvider({ defer, codeSeconds = 60 }) {
  const { ready, memory } = await startProcess('bench/sandbox/oidc-provider-server.js', [String(codeSeconds)], defer)
  const { url } = ready
  const metadata = {
    redirect_uris: [ready.redirectUri],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',
  }
  const { body: client } = await sendJson('POST', `${url}/reg`, { body: metadata })
  const api = standardCalls({
    url,
    memory,
    client: { clientId: client.client_id, clientSecret: client.client_secret, redirectUri: ready.redirectUri },
    paths: { authorize: '/auth', token: '/token', revoke: '/token/revocation', use: '/me' },
    codeSeconds,
  })
  api.replaceRedirectUris = (redirectUris) =>
    sendJson('PUT', client.registration_client_uri, {
      body: { ...metadata, client_id: client.client_id, client_secret: client.client_secret, redirect_uris: redirectUris },
      headers: { authorization: `Bearer ${client.registration_access_token}` },
    })
  return api
}

async function startMockServer({ defer }) {
  const { ready, memory } = await startProcess('bench/sandbox/oauth2-mock-server-server.js', [], defer)
  return standardCalls({
    url: ready.url,
    memory,
    client: ready,
    paths: { authorize: '/authorize', token: '/token', revoke: '/revoke', use: '/userinfo' },
  })
}

/** RFC 6749 as both others speak it. */
function standardCalls({ url, memory, client, paths, codeSeconds }) {
  const { clientId, clientSecret, redirectUri } = client
  const credentials = (secret = clientSecret) => ({ client_id: clientId, client_secret: secret })
  const token = (fields) => sendForm(url + paths.token, fields)
  const api = {
    memory,
    redirectUri,
    authorize({ redirectUri: uri = redirectUri, responseType = 'code' } = {}) {
      const query = new URLSearchParams({ client_id: clientId, redirect_uri: uri, scope: 'openid offline_access', state: 'a-state-of-the-bench-01' })
      if (responseType) query.set('response_type', responseType)
      return followUntilBack(`${url}${paths.authorize}?${query}`, url)
    },
    exchange: ({ code, grantType = 'authorization_code', uri = redirectUri, secret }) =>
      token({ ...credentials(secret), grant_type: grantType, redirect_uri: uri, code }),
    refresh: ({ token: refreshToken, secret }) => token({ ...credentials(secret), grant_type: 'refresh_token', refresh_token: refreshToken }),
    logIn: ({ secret } = {}) => token({ ...credentials(secret), grant_type: 'client_credentials' }),
    use: async (accessToken) => (await get(url + paths.use, { authorization: `Bearer ${accessToken}` })).status,
    revoke: (refreshToken) => sendForm(url + paths.revoke, { ...credentials(), token: refreshToken, token_type_hint: 'refresh_token' }),
    // No clock to move: the server was told to let codes die sooner, and the bench waits.
    passTime: () => new Promise((resolve) => setTimeout(resolve, (codeSeconds ?? 0) * 1000 + WAIT_LONGER_MS)),
    replaceRedirectUris: async () => NOT_OFFERED,
    migrate: async () => NOT_OFFERED,
    async loads() {
      const { code } = await api.authorize()
      const { body } = await api.exchange({ code })
      return {
        refresh: {
          url: url + paths.token,
          body: form({ ...credentials(), grant_type: 'refresh_token', refresh_token: body.refresh_token }),
        },
        apiLogin: { url: url + paths.token, body: form({ ...credentials(), grant_type: 'client_credentials' }) },
      }
    },
  }
  return api
}

/** Signs in on the sandbox's consent page and approves: three forms, one cookie. */
async function approveOnPage(url, property) {
  let cookie = ''
  const visit = async (fields) => {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: cookie ? { cookie } : {},
      ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
    })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    const csrf = /name="csrf" value="([^"]+)"/.exec(await answer.text())?.[1]
    return { status: answer.status, location: answer.headers.get('location'), csrf }
  }
  const { csrf } = await visit()
  if (!csrf) return { code: null, location: null }
  await visit({ csrf, do: 'sign-in', username: 'marco.bianchi', password: 'hotel' })
  const choice = await visit()
  const { location } = await visit({ csrf: choice.csrf ?? '', do: 'approve', choice: property })
  return { location, code: location ? new URL(location).searchParams.get('code') : null }
}

/** Follows redirects with cookies until they leave the server. */
async function followUntilBack(start, origin) {
  const cookies = new Map()
  let next = start
  for (let step = 0; step < 8; step += 1) {
    const answer = await get(next, { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') })
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const location = answer.headers.get('location')
    if (!location) return { code: null, location: null }
    const target = new URL(location, next)
    if (target.origin !== origin) return { location: target.href, code: target.searchParams.get('code') }
    next = target.href
  }
  throw new Error(`${start}: redirected in a circle`)
}

function form(fields) {
  return new URLSearchParams(fields).toString()
}

async function temporaryFolder(defer) {
  const folder = await mkdtemp(path.join(tmpdir(), 'keyrack-bench-sandbox-'))
  defer(() => rm(folder, { recursive: true, force: true }))
  return folder
}
