// oauth2-mock-server as its documentation starts it. Prints one line of JSON when ready.
import { OAuth2Server } from 'oauth2-mock-server'

const server = new OAuth2Server()
await server.issuer.keys.generate('RS256')
await server.start(0, '127.0.0.1')
process.on('SIGTERM', () => process.exit(0))
console.log(
  JSON.stringify({
    url: `http://127.0.0.1:${server.address().port}`,
    clientId: 'bench',
    clientSecret: 'bench-secret-of-at-least-32-characters',
    redirectUri: 'https://localhost/callback',
  }),
)
