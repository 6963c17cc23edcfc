import type { KeyrackClient } from '../create-keyrack-client'
import type { ImportReport } from '../wire'
import { readText, textOf, type Command, type World } from './command'
import { EXIT, UsageError } from './exit-codes'
import { columns, plain } from './plain'
import { readImportLines } from './read-import-lines'

const POLL_MS = 2_000

/** `keyrack import`: brings refresh tokens from another system and follows until the last line is decided. */
export const importCommand: Command = {
  usage: 'import FILE --api-client ID',
  summary: 'brings refresh tokens from another system',
  help: `FILE has one JSON object on each line, and - is standard input:
  {"refreshToken": "…", "propertyId": "324410", "name": "Casa Blu"}
propertyId (the id that Octorate gives it) and name are optional, propertyId not with --no-probe. The same lines again
are the same import, so that it can be repeated after an interruption.

  --api-client ID    Keyrack's id of the API client that the tokens were given to (its page's address ends with it)
  --name NAME        what the import is called in the console
  --no-probe         stores without a refresh; without it every token is proved by one, which may end the access token
                     that the other system still uses
  --no-wait          ends when the lines are handed over
  --json             prints the last state as JSON on one line
`,
  options: {
    'api-client': { type: 'string' },
    name: { type: 'string' },
    'no-probe': { type: 'boolean' },
    'no-wait': { type: 'boolean' },
  },
  positionals: 1,
  async run({ client, world, values, positionals: [file = ''], json }) {
    const apiClientId = textOf(values, 'api-client')
    if (apiClientId === undefined) throw new UsageError('--api-client is missing.')
    const lines = readImportLines(await readText(world, file))
    const name = textOf(values, 'name')
    const started = await client.importConnections(lines, { apiClientId, probe: values['no-probe'] !== true, ...(name === undefined ? {} : { name }) })
    if (values['no-wait'] === true) {
      world.print(json ? `${JSON.stringify(started)}\n` : `${started.id}\n`)
      return EXIT.ok
    }
    const report = await follow(client, world, started.id)
    world.print(json ? `${JSON.stringify(report)}\n` : textFor(report))
    return report.counts.stored + report.counts.duplicate === report.total ? EXIT.ok : EXIT.refused
  },
}

async function follow(client: KeyrackClient, world: World, id: string): Promise<ImportReport> {
  let shown = ''
  for (;;) {
    const report = await client.getImport(id)
    const progress = `${report.total - report.counts.pending} of ${report.total}\n`
    if (progress !== shown) world.say(progress)
    shown = progress
    if (report.state !== 'running') return report
    await world.sleep(POLL_MS)
  }
}

function textFor({ id, state, counts, total, lines }: ImportReport): string {
  const summary = `Import ${id}: ${state}. ${counts.stored} stored, ${counts.duplicate} there already, ${counts.refused} refused, ${counts.failed} failed, of ${total}.\n`
  if (lines.length === 0) return summary
  const rows = lines.map(({ number, propertyId, state, reason }) => [String(number), plain(propertyId ?? '-'), state, plain(reason ?? '')])
  return summary + columns([['LINE', 'PROPERTY', 'STATE', 'REASON'], ...rows])
}
