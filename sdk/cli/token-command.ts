import type { Target } from '../target'
import { textOf, type Command } from './command'
import { EXIT, UsageError } from './exit-codes'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** `keyrack token`: prints the token and nothing else, so that `$(keyrack token 324410)` is one. */
export const tokenCommand: Command = {
  usage: 'token PROPERTY|CONNECTION_ID',
  summary: 'prints a valid access token and nothing else',
  help: `PROPERTY is the id that Octorate gives a property; CONNECTION_ID is Keyrack's (a UUID). An argument of another
program is seen by everybody on its machine, so hand the token on through a pipe:

  keyrack token 324410 | sed 's/^/Authorization: Bearer /' | curl -H @- https://api.octorate.com/connect/rest/v1/…

  --min-ttl SECONDS  life that the token has at least, when it can be had (default 60)
  --json             prints {connectionId, accessToken, fingerprint, expiresAt, secondsLeft}
`,
  options: { 'min-ttl': { type: 'string' } },
  positionals: 1,
  async run({ client, world, values, positionals: [whose = ''], json }) {
    const minTtl = textOf(values, 'min-ttl')
    if (minTtl !== undefined && !/^\d{1,5}$/.test(minTtl)) throw new UsageError('--min-ttl is a number of seconds.')
    const target: Target = UUID.test(whose) ? { connectionId: whose } : { propertyId: whose }
    const token = await client.getAccessToken(target, minTtl === undefined ? {} : { minTtlSeconds: Number(minTtl) })
    const { connectionId, fingerprint, expiresAt, secondsLeft } = token
    world.print(json ? `${JSON.stringify({ connectionId, accessToken: token.value, fingerprint, expiresAt, secondsLeft })}\n` : `${token.value}\n`)
    return EXIT.ok
  },
}
