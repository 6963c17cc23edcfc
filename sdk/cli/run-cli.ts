import { parseArgs } from 'node:util'
import { createKeyrackClient, KeyrackError, KeyrackRefusedError, ReconnectRequiredError, TemporarilyUnavailableError } from '../create-keyrack-client'
import type { Command, World } from './command'
import { connectionsCommand } from './connections-command'
import { egressCommand } from './egress-command'
import { EXIT, UsageError, type ExitCode } from './exit-codes'
import { importCommand } from './import-command'
import { MIGRATION_COMMANDS } from './migration-commands'
import { plain } from './plain'
import { refreshCommand } from './refresh-command'
import { tokenCommand } from './token-command'
import { WHITELIST_COMMANDS } from './whitelist-commands'

const COMMANDS: Readonly<Record<string, Command>> = {
  token: tokenCommand,
  connections: connectionsCommand,
  import: importCommand,
  refresh: refreshCommand,
  ...MIGRATION_COMMANDS,
  ...WHITELIST_COMMANDS,
  egress: egressCommand,
}

const COMMON = { json: { type: 'boolean' }, 'key-file': { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const

const SETTINGS = `  --key-file FILE    file that holds the machine key alone, instead of KEYRACK_MACHINE_KEY
  --help             prints this

Settings: KEYRACK_URL (the console's address) and KEYRACK_MACHINE_KEY (krk_…; never an argument, which others see).
Exit codes: 0 done, 1 refused, 2 wrong use, 3 not available now, 4 the hotelier must reconnect.
`

/** Runs one command of a back end or a person over the machine API. What it prints to `world.print` is the result alone. */
export async function runCli(args: readonly string[], world: World): Promise<ExitCode> {
  const json = args.includes('--json')
  try {
    return await dispatch(args, world)
  } catch (error) {
    world.say(json ? `${JSON.stringify({ error: describe(error) })}\n` : `keyrack: ${sentence(error)}\n`)
    return exitCodeOf(error)
  }
}

async function dispatch(args: readonly string[], world: World): Promise<ExitCode> {
  const [name, rest] = nameOf(args)
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const show = name === undefined ? world.say : world.print
    show(overview())
    return name === undefined ? EXIT.usage : EXIT.ok
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) throw new UsageError(`There is no command ${JSON.stringify(name)}. See keyrack --help.`)
  const { values, positionals } = parse(command, rest)
  if (values['help'] === true) {
    world.print(`Usage: keyrack ${command.usage} [options]\n\nThis ${command.summary}.\n\n${command.help}${SETTINGS}`)
    return EXIT.ok
  }
  if (positionals.length !== command.positionals || positionals.includes('')) throw new UsageError(`Usage: keyrack ${command.usage}`)
  const client = await openClient(world, values['key-file'])
  try {
    return await command.run({ client, world, values, positionals, json: values['json'] === true })
  } finally {
    client.close()
  }
}

/** Some commands have two words. */
function nameOf([first, second, ...rest]: readonly string[]): [name: string | undefined, rest: readonly string[]] {
  const both = `${first} ${second}`
  return Object.hasOwn(COMMANDS, both) ? [both, rest] : [first, second === undefined ? [] : [second, ...rest]]
}

function parse(command: Command, args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...command.options, ...COMMON }, allowPositionals: true })
    return { values: values as Readonly<Record<string, string | boolean | undefined>>, positionals }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The arguments cannot be read.')
  }
}

async function openClient(world: World, keyFile: string | boolean | undefined) {
  const { KEYRACK_URL: url, KEYRACK_MACHINE_KEY: fromEnvironment } = world.env
  if (!url) throw new UsageError('KEYRACK_URL is not set: the address of the console, such as https://keyrack.example.com.')
  const key = typeof keyFile === 'string' ? await readKey(world, keyFile) : fromEnvironment
  if (!key) throw new UsageError('KEYRACK_MACHINE_KEY is not set, and no --key-file is given.')
  try {
    return createKeyrackClient({ url, key: key.trim(), ...(world.fetch ? { fetch: world.fetch } : {}) })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'The settings cannot be read.')
  }
}

async function readKey(world: World, file: string): Promise<string> {
  try {
    return await world.readFile(file)
  } catch (error) {
    throw new UsageError(`The key file cannot be read: ${error instanceof Error ? error.message : 'unknown failure'}`)
  }
}

function overview(): string {
  const lines = Object.values(COMMANDS).map(({ usage, summary }) => `  ${usage.padEnd(40)}  ${summary}\n`)
  return `Usage: keyrack COMMAND, over the machine API of a console\n\n${lines.join('')}\nkeyrack COMMAND --help says more.\n\n${SETTINGS}`
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError || error instanceof TypeError || error instanceof RangeError) return EXIT.usage
  if (error instanceof ReconnectRequiredError) return EXIT.reconnect
  return error instanceof TemporarilyUnavailableError ? EXIT.unavailable : EXIT.refused
}

function describe(error: unknown) {
  if (!(error instanceof KeyrackError)) return { code: 'usage', message: sentence(error) }
  const { code, message, status, requestId } = error
  const retryAfterSeconds = error instanceof TemporarilyUnavailableError ? error.retryAfterSeconds : null
  const { connectionIds = [], issues = [] } = error instanceof KeyrackRefusedError ? error : {}
  return { code, message, status, requestId, retryAfterSeconds, connectionIds, issues }
}

function detailsOf(error: KeyrackError): string {
  if (!(error instanceof KeyrackRefusedError)) return ''
  const details = [...error.connectionIds, ...error.issues.map(({ path, message }) => `${path}: ${message}`)]
  return details.length === 0 ? '' : ` ${details.join(', ')}`
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return 'Something went wrong.'
  if (!(error instanceof KeyrackError)) return plain(error.message)
  const seconds = error instanceof TemporarilyUnavailableError ? error.retryAfterSeconds : null
  const later = seconds === null ? '' : ` Try again in ${seconds} s.`
  const request = error.requestId === null ? '' : `, request ${error.requestId}`
  return plain(`${error.message}${later}${detailsOf(error)} (${error.code}${request})`)
}
