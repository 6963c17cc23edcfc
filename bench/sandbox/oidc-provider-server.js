// oidc-provider with opaque tokens in memory, one client and one account. Prints one line of JSON when ready.
// Takes how many seconds a code lives.
import { createServer } from 'node:http'
import { interactionPolicy, Provider } from 'oidc-provider'

const CODE_SECONDS = Number(process.argv[2] ?? 60)
const CLIENT = {
  client_id: 'bench',
  client_secret: 'bench-secret-of-at-least-32-characters',
  redirect_uris: ['https://localhost/callback'],
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  response_types: ['code'],
  token_endpoint_auth_method: 'client_secret_post',
}

const server = createServer()
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${server.address().port}`
const policy = interactionPolicy.base()
policy.remove('consent')
// Its warnings are about keys and stores that a bench does not need.
for (const name of ['warn', 'info']) console[name] = () => undefined
const provider = new Provider(url, {
  clients: [CLIENT],
  pkce: { required: () => false },
  scopes: ['openid', 'offline_access'],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: false },
    revocation: { enabled: true },
    registration: { enabled: true },
    registrationManagement: { enabled: true },
  },
  interactions: { policy, url: (_, interaction) => `/interaction/${interaction.uid}` },
  ttl: {
    AuthorizationCode: CODE_SECONDS,
    AccessToken: 86_400,
    ClientCredentials: 86_400,
    RefreshToken: 30 * 86_400,
    Grant: 30 * 86_400,
    Session: 86_400,
    Interaction: 3_600,
    IdToken: 3_600,
  },
  cookies: { keys: ['bench'] },
  findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
  issueRefreshToken: async () => true,
  async loadExistingGrant(context) {
    const grant = new context.oidc.provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId })
    grant.addOIDCScope('openid offline_access')
    await grant.save()
    return grant
  },
})
const serve = provider.callback()
server.on('request', (request, response) => {
  if (!request.url.startsWith('/interaction/')) return serve(request, response)
  // Whoever comes is signed in: what a person would do on a page of forms.
  return void provider.interactionFinished(request, response, { login: { accountId: 'hotelier' } })
})
process.on('SIGTERM', () => process.exit(0))
console.log(JSON.stringify({ url, clientId: CLIENT.client_id, clientSecret: CLIENT.client_secret, redirectUri: CLIENT.redirect_uris[0] }))
