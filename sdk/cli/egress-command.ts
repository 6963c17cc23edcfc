import { textOf, type Command, type World } from './command'
import { EXIT } from './exit-codes'
import { plain } from './plain'
import { SEEN_HEADER } from './seen-header'

const WITHIN_MS = 20_000

/** `keyrack egress`: from where this machine is seen, as far as anybody tells. */
export const egressCommand: Command = {
  usage: 'egress',
  summary: 'tells from which address this machine is seen',
  help: `Keyrack tells the address that it sees of this machine. Octorate may see another one: when the way there is another, or
when Keyrack stands in the same network. Octorate tells nobody; only keyrack whitelist verify proves what it sees.

  --api-client ID    asks the server that the API client calls, too: the sandbox tells, Octorate does not
  --json             prints {keyrack, octorate} as JSON on one line, null for what is not told
`,
  options: { 'api-client': { type: 'string' } },
  positionals: 0,
  async run({ client, world, values, json }) {
    const { address } = await client.getCallerAddress()
    const apiClientId = textOf(values, 'api-client')
    const seen = apiClientId === undefined ? undefined : await askUpstream(world, (await client.getIpWhitelist(apiClientId)).restBase)
    if (json) world.print(`${JSON.stringify({ keyrack: address, octorate: seen ?? null })}\n`)
    else world.print(textFor(address, seen))
    return EXIT.ok
  },
}

/** Without a token, so that nothing is at stake: who tells, tells it with any answer. */
async function askUpstream(world: World, restBase: string): Promise<string | null> {
  try {
    const response = await (world.fetch ?? fetch)(`${restBase}/user/info`, { redirect: 'manual', signal: AbortSignal.timeout(WITHIN_MS) })
    await response.text()
    return response.headers.get(SEEN_HEADER)
  } catch {
    return null
  }
}

function textFor(address: string | null, seen: string | null | undefined): string {
  const own = address === null ? 'Keyrack cannot tell the address of this machine.\n' : `Keyrack sees ${address}.\n`
  if (seen === undefined) return own
  return seen === null ? `${own}Octorate does not tell what it sees: keyrack whitelist verify proves it.\n` : `${own}The sandbox sees ${plain(seen)}.\n`
}
