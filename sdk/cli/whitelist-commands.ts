import type { IpWhitelist, IpWhitelistEntry, IpWhitelistImported } from '../whitelist-wire'
import { readText, textOf, type Command, type World } from './command'
import { EXIT, UsageError } from './exit-codes'
import { columns, plain } from './plain'
import { verifyCommand } from './verify-command'

const LIFETIMES = { '6h': 6, '1d': 24, '7d': 168 } as const
const JSON_HELP = '  --json             prints the whole list as JSON on one line\n'
const ID_HELP = "API_CLIENT_ID is Keyrack's id of the API client (its page's address ends with it).\n\n"

const listCommand: Command = {
  usage: 'whitelist list API_CLIENT_ID',
  summary: 'lists the addresses that Octorate should let in',
  help: `${ID_HELP}The real list is Octorate's own: the first line says how far this one is on its way there.

${JSON_HELP}`,
  options: {},
  positionals: 1,
  async run({ client, world, positionals: [id = ''], json }) {
    print(world, await client.getIpWhitelist(id), json)
    return EXIT.ok
  },
}

const addCommand: Command = {
  usage: 'whitelist add API_CLIENT_ID BLOCK',
  summary: 'adds an address or a network such as 198.51.100.0/24',
  help: `${ID_HELP}  --comment TEXT     what it is for; required
  --owner TEXT       whom to ask about it
  --for TIME         ${Object.keys(LIFETIMES).join(', ')}: removes itself after that
${JSON_HELP}`,
  options: { comment: { type: 'string' }, owner: { type: 'string' }, for: { type: 'string' } },
  positionals: 2,
  async run({ client, world, values, positionals: [id = '', block = ''], json }) {
    const comment = textOf(values, 'comment')
    if (comment === undefined) throw new UsageError('--comment is missing: say what the entry is for.')
    print(world, await client.addIpWhitelistEntry(id, { block, comment, owner: textOf(values, 'owner'), expires: lifeOf(textOf(values, 'for')) }), json)
    return EXIT.ok
  },
}

const removeCommand: Command = {
  usage: 'whitelist remove API_CLIENT_ID BLOCK',
  summary: 'removes the entry that is written exactly so',
  help: `${ID_HELP}  --empty            the list may be left without an entry
${JSON_HELP}`,
  options: { empty: { type: 'boolean' } },
  positionals: 2,
  async run({ client, world, values, positionals: [id = '', block = ''], json }) {
    const { entries } = await client.getIpWhitelist(id)
    const entry = entries.find((each) => each.block === block)
    if (!entry) {
      world.say(`keyrack: The list has no entry ${plain(block)}.\n`)
      return EXIT.refused
    }
    print(world, await client.removeIpWhitelistEntry(id, entry.id, { empty: values['empty'] === true }), json)
    return EXIT.ok
  },
}

const checkCommand: Command = {
  usage: 'whitelist check API_CLIENT_ID ADDRESS',
  summary: 'tells whether an address is listed, and by which entry',
  help: `${ID_HELP}Ends with 1 when it is not listed.

  --json             prints the answer as JSON on one line
`,
  options: {},
  positionals: 2,
  async run({ client, world, positionals: [id = '', address = ''], json }) {
    const { verdict, match, nearest, sentence } = await client.checkIpWhitelist(id, address).then((answer) => {
      if (json) world.print(`${JSON.stringify(answer)}\n`)
      return answer
    })
    const shown = plain(address)
    if (match) say(json, world, `${shown} is listed: line ${match.line}, ${match.block}, ${plain(match.comment)}.`)
    else if (nearest) say(json, world, `${shown} is not listed. Nearest is line ${nearest.line}, ${nearest.block}, ${plain(nearest.comment)}: ${nearest.distance} ${nearest.side}.`)
    else say(json, world, sentence === null ? `${shown} is not listed: the list is empty.` : plain(sentence))
    return verdict === 'listed' ? EXIT.ok : EXIT.refused
  },
}

const importWhitelistCommand: Command = {
  usage: 'whitelist import API_CLIENT_ID FILE',
  summary: 'brings a list, all of it or nothing',
  help: `${ID_HELP}FILE has entries between new lines, commas or semicolons, each with its # comment; - is standard input. A name that
ends with .csv, or --csv, means the columns block, comment, owner, expiresAt.

  --comment TEXT     of entries that bring none; required
  --replace          makes the list exactly this; without it entries are added
  --empty            the list may be left without an entry
  --dry-run          tells what would happen, and changes nothing
  --json             prints the answer as JSON on one line
`,
  options: { comment: { type: 'string' }, csv: { type: 'boolean' }, replace: { type: 'boolean' }, empty: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
  positionals: 2,
  async run({ client, world, values, positionals: [id = '', file = ''], json }) {
    const comment = textOf(values, 'comment')
    if (comment === undefined) throw new UsageError('--comment is missing: say what the entries are for.')
    const wish = {
      format: values['csv'] === true || file.toLowerCase().endsWith('.csv') ? 'csv' : 'text', text: await readText(world, file),
      mode: values['replace'] === true ? 'replace' : 'add', comment, empty: values['empty'] === true,
    } as const
    // Always looked at first: what is wrong is told line by line, and nothing is sent to be refused.
    const preview = await client.importIpWhitelist(id, { ...wish, dryRun: true })
    const isDone = values['dry-run'] === true || preview.wrongCount > 0
    const answer = isDone ? preview : await client.importIpWhitelist(id, { ...wish, dryRun: false })
    world.print(json ? `${JSON.stringify(answer)}\n` : importText(answer))
    return preview.wrongCount > 0 ? EXIT.refused : EXIT.ok
  },
}

const exportCommand: Command = {
  usage: 'whitelist export API_CLIENT_ID',
  summary: 'prints the list as a file that import reads again',
  help: `${ID_HELP}  --format FORMAT    text (the default), csv or json
`,
  options: { format: { type: 'string' } },
  positionals: 1,
  async run({ client, world, values, positionals: [id = ''] }) {
    const format = textOf(values, 'format') ?? 'text'
    const write = FORMATS.get(format)
    if (!write) throw new UsageError(`--format is one of ${[...FORMATS.keys()].join(', ')}.`)
    world.print(write((await client.getIpWhitelist(id)).entries))
    return EXIT.ok
  },
}

/** `keyrack whitelist …`: the addresses that Octorate should let in for an API client. */
export const WHITELIST_COMMANDS: Readonly<Record<string, Command>> = {
  'whitelist list': listCommand,
  'whitelist add': addCommand,
  'whitelist remove': removeCommand,
  'whitelist check': checkCommand,
  'whitelist import': importWhitelistCommand,
  'whitelist export': exportCommand,
  'whitelist verify': verifyCommand,
}

const FORMATS = new Map<string, (entries: readonly IpWhitelistEntry[]) => string>([
  ['text', (entries) => entries.map(({ block, comment }) => `${block} # ${plain(comment)}\n`).join('')],
  ['csv', (entries) => [['block', 'comment', 'owner', 'expiresAt'], ...entries.map(({ block, comment, owner, expiresAt }) => [block, comment, owner, expiresAt ?? ''])].map(toCsvRow).join('')],
  ['json', (entries) => `${JSON.stringify({ entries: entries.map(({ block, comment, owner, expiresAt }) => ({ block, comment, owner, expiresAt })) }, null, 2)}\n`],
])

/** A cell that a spreadsheet would take for a formula gets an apostrophe in front. */
function toCsvRow(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${(/^\s*[=+\-@|%]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(',')}\r\n`
}

function lifeOf(text: string | undefined) {
  if (text === undefined) return null
  const found = Object.entries(LIFETIMES).find(([name]) => name === text)
  if (!found) throw new UsageError(`--for is one of ${Object.keys(LIFETIMES).join(', ')}.`)
  return { inHours: found[1] }
}

function say(json: boolean, world: World, line: string): void {
  if (!json) world.print(`${line}\n`)
}

function print(world: World, list: IpWhitelist, json: boolean): void {
  if (json) return world.print(`${JSON.stringify(list)}\n`)
  const { state, drift, entries, addressCount } = list
  const open = drift.added.length + drift.removed.length
  world.say(`${state}: ${open === 0 ? 'Octorate is said to have exactly this list' : `${drift.added.length} more and ${drift.removed.length} less than Octorate confirmed`}. ${addressCount} addresses.\n`)
  if (entries.length === 0) return world.say('No entry.\n')
  const rows = entries.map(({ line, block, expiresAt, owner, comment, findings }) => [
    String(line), block, expiresAt?.replace(/\.\d+Z$/, 'Z') ?? '-', findings.map(({ code }) => code).join(' ') || '-', plain(owner), plain(comment),
  ])
  world.print(columns([['LINE', 'BLOCK', 'EXPIRES', 'FINDINGS', 'OWNER', 'COMMENT'], ...rows]))
}

function importText({ applied, lines, diff, wrongCount }: IpWhitelistImported): string {
  const wrong = lines.filter(({ outcome }) => outcome === 'wrong').map(({ line, text, sentence }) => `line ${line}: ${plain(text)}: ${plain(sentence ?? '')}\n`)
  const what = wrongCount > 0 ? 'Nothing was changed' : applied ? 'Done' : 'Nothing was changed by this dry run'
  return `${wrong.join('')}${what}: ${diff.added.length} added, ${diff.removed.length} removed, ${diff.kept.length} kept, ${wrongCount} wrong.\n`
}
