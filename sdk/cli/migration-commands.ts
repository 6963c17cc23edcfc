import type { Migration, MigrationCheck, MigrationLine, OldKeys } from '../migration-wire'
import { readText, textOf, type Command, type Run } from './command'
import { EXIT, UsageError, type ExitCode } from './exit-codes'
import { columns, plain } from './plain'

const POLL_MS = 2_000

const importCommand: Command = {
  usage: 'migrations import FILE --api-client ID',
  summary: 'turns keys of the deprecated API into connections, each once',
  help: `FILE has one old key on each line, and - is standard input: JSON such as
  {"key": "…", "propertyId": "324410", "name": "Casa Blu"}
or CSV with a comma, semicolon or tab, whose columns are known by their names. The same lines again are the same
migration, so that it can be repeated after an interruption.

  --api-client ID    Keyrack's id of the API client that the keys were issued for (its page's address ends with it);
                     with the wrong one a key is used up
  --name NAME        what the migration is called in the console
  --per-second RATE  lines begun in a second, or unlimited; 5 without it
  --dry-run          tells what would become of each line; sends no key to Octorate, and keeps none
  --no-wait          ends when the lines are handed over
  --json             prints the last state as JSON on one line
`,
  options: {
    'api-client': { type: 'string' }, name: { type: 'string' }, 'per-second': { type: 'string' }, 'dry-run': { type: 'boolean' },
    'no-wait': { type: 'boolean' },
  },
  positionals: 1,
  async run(run) {
    const { client, world, values, positionals: [file = ''], json } = run
    const apiClientId = textOf(values, 'api-client')
    if (apiClientId === undefined) throw new UsageError('--api-client is missing.')
    const perSecond = rateOf(textOf(values, 'per-second'))
    const keys = keysIn(await readText(world, file))
    if (values['dry-run'] === true) {
      const check = await client.checkMigration(keys, { apiClientId })
      world.print(json ? `${JSON.stringify(check)}\n` : checkText(check))
      return EXIT.ok
    }
    const started = await client.startMigration(keys, { apiClientId, perSecond, name: textOf(values, 'name') })
    if (values['no-wait'] !== true) return show(run, await follow(run, started.id))
    world.print(json ? `${JSON.stringify(started)}\n` : `${started.id}\n`)
    return EXIT.ok
  },
}

const reportCommand: Command = {
  usage: 'migrations report ID',
  summary: 'prints every line of a migration as CSV; no key',
  help: `  --json             one line as JSON on each line instead
`,
  options: {},
  positionals: 1,
  async run({ client, world, positionals: [id = ''], json }) {
    if (!json) world.print(await client.reportMigration(id))
    else for await (const line of client.listMigrationLines(id)) world.print(`${JSON.stringify(line)}\n`)
    return EXIT.ok
  },
}

/** `keyrack migrations …`: old keys that become connections. */
export const MIGRATION_COMMANDS: Readonly<Record<string, Command>> = {
  'migrations import': importCommand,
  'migrations status': stateCommand('status', 'tells how far a migration is', ({ client }, id) => client.getMigration(id)),
  'migrations pause': stateCommand('pause', 'begins no further line of a migration', ({ client }, id) => client.pauseMigration(id)),
  'migrations resume': stateCommand('resume', 'goes on with a migration that is paused, or stopped by itself', ({ client }, id) => client.resumeMigration(id)),
  'migrations retry': stateCommand('retry', 'tries the failed lines of a migration again', ({ client }, id) => client.retryMigration(id)),
  'migrations cancel': stateCommand('cancel', 'skips the lines that wait', ({ client }, id) => client.cancelMigration(id)),
  'migrations report': reportCommand,
}

function stateCommand(verb: string, summary: string, act: (run: Run, id: string) => Promise<Migration>): Command {
  return {
    usage: `migrations ${verb} ID`,
    summary,
    help: `ID is the migration's (its page's address ends with it, and import prints it).

  --json             prints its state as JSON on one line
`,
    options: {},
    positionals: 1,
    async run(run) {
      await show(run, await act(run, run.positionals[0] ?? ''))
      return EXIT.ok
    },
  }
}

function rateOf(text: string | undefined): number | 'unlimited' | undefined {
  if (text === undefined || text === 'unlimited') return text
  const rate = Number(text)
  if (!(rate > 0)) throw new UsageError('--per-second is a number above 0, or unlimited.')
  return rate
}

/** Read by Keyrack, which takes all lines or none and says what is wrong with which. */
function keysIn(text: string): OldKeys {
  return /^\uFEFF?\s*\{/.test(text) ? { ndjson: text } : { csv: text }
}

async function follow({ client, world }: Run, id: string): Promise<Migration> {
  let shown = ''
  for (;;) {
    const migration = await client.getMigration(id)
    const { verified, failed, ambiguous, skipped } = migration.counts
    const progress = `${verified + failed + ambiguous + skipped} of ${migration.total}\n`
    if (progress !== shown) world.say(progress)
    shown = progress
    if (migration.state !== 'running') return migration
    await world.sleep(POLL_MS)
  }
}

/** @returns whether every line became a connection or had no need of it. */
async function show({ client, world, json }: Run, migration: Migration): Promise<ExitCode> {
  const { id, state, stopReason, counts, total } = migration
  const isClean = state === 'finished' && counts.failed + counts.ambiguous === 0
  if (json) world.print(`${JSON.stringify(migration)}\n`)
  else {
    const why = stopReason === null ? '' : ` (${plain(stopReason)})`
    world.print(`Migration ${id}: ${state}${why}. ${counts.verified} verified, ${counts.skipped} skipped, ${counts.failed} failed, ${counts.ambiguous} ambiguous, of ${total}.\n`)
    const open: MigrationLine[] = []
    for (const bad of ['failed', 'ambiguous'] as const) if (counts[bad] > 0) for await (const line of client.listMigrationLines(id, { state: bad })) open.push(line)
    if (open.length > 0) world.print(linesText(open))
  }
  return isClean ? EXIT.ok : EXIT.refused
}

function linesText(lines: readonly MigrationLine[]): string {
  const rows = lines.map(({ number, propertyId, state, reason, nextAction }) => [String(number), plain(propertyId), state, plain(reason ?? ''), plain(nextAction)])
  return columns([['LINE', 'PROPERTY', 'STATE', 'REASON', 'NEXT'], ...rows])
}

function checkText({ isListed, total, items }: MigrationCheck): string {
  const ready = items.filter(({ verdict }) => verdict === 'ready').length
  const others = items.filter(({ verdict }) => verdict !== 'ready')
  const asked = isListed ? '' : ' Octorate could not be asked which properties it knows.'
  const summary = `Nothing was sent by this dry run: ${ready} ready of ${total}.${asked}\n`
  if (others.length === 0) return summary
  return summary + columns([['LINE', 'PROPERTY', 'VERDICT'], ...others.map(({ number, propertyId, verdict }) => [String(number), plain(propertyId), verdict])])
}
