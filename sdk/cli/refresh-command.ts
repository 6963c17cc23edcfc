import type { Command } from './command'
import { EXIT } from './exit-codes'

/** `keyrack refresh`: one refresh now, whatever is left of the token. */
export const refreshCommand: Command = {
  usage: 'refresh CONNECTION_ID',
  summary: 'asks Octorate for a new access token now',
  help: `Nobody needs this in the ordinary course: Keyrack refreshes ahead by itself. The token is not printed.

  --json             prints {connectionId, accessExpiresAt}
`,
  options: {},
  positionals: 1,
  async run({ client, world, positionals: [id = ''], json }) {
    const refreshed = await client.refresh(id)
    world.print(json ? `${JSON.stringify(refreshed)}\n` : `The new access token expires at ${refreshed.accessExpiresAt}.\n`)
    return EXIT.ok
  },
}
