import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createSandbox, type Sandbox, type SandboxOptions } from './create-sandbox'
import type { Seed } from './models/seed'

const DEFAULT_PORT = 3900

const usage = `Usage: keyrack-sandbox [options]

An emulator of Octorate's identity service on this machine.

  --port PORT    port to listen on, 0 for any free one (default ${DEFAULT_PORT})
  --host HOST    address to listen on (default 127.0.0.1)
  --seed FILE    JSON file with API clients, hoteliers, networks and lodgings
  --data FOLDER  keep the state in this folder over restarts (default: in memory)
  --strict       refuse whatever Octorate's documents do not allow
  --lenient      take what integrations in the wild send, and note it (default)
  --json         print one line of JSON when ready, and nothing else
  --help         print this
`

type Wishes = { readonly options: SandboxOptions; readonly json: boolean }

try {
  const wishes = readArguments(process.argv.slice(2))
  if (wishes) await run(wishes)
  else process.stdout.write(usage)
} catch (error) {
  process.stderr.write(`keyrack-sandbox: ${error instanceof Error ? sentence(error) : 'unknown failure'}\n`)
  process.exitCode = 1
}

async function run({ options, json }: Wishes): Promise<void> {
  if (options.host !== undefined && !isLoopback(options.host)) {
    process.stderr.write(`Warning: --host ${options.host} opens the sandbox to other machines. Its accounts and secrets are public knowledge.\n`)
  }
  const sandbox = await createSandbox(options)
  stopWithParentOrSignal(sandbox)
  process.stdout.write(json ? `${JSON.stringify(announcement(sandbox))}\n` : greeting(sandbox))
}

function readArguments(args: string[]): Wishes | undefined {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      seed: { type: 'string' },
      data: { type: 'string' },
      strict: { type: 'boolean' },
      lenient: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return undefined
  if (values.strict && values.lenient) throw new TypeError('--strict and --lenient exclude each other')
  return {
    json: values.json ?? false,
    options: {
      port: readPort(values.port),
      ...(values.strict && { mode: 'strict' as const }),
      ...(values.lenient && { mode: 'lenient' as const }),
      ...(values.host !== undefined && { host: values.host }),
      ...(values.seed !== undefined && { seed: readSeed(values.seed) }),
      ...(values.data !== undefined && { dataFolder: values.data }),
    },
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new TypeError(`--port ${text}: expected 0 to 65535`)
  return port
}

/** `createSandbox` checks the shape, naming the place that is wrong. */
function readSeed(path: string): Seed {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** A parent killed outright cannot say goodbye: the closing of its channel is the only sign. */
function stopWithParentOrSignal(sandbox: Sandbox): void {
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  if (!process.channel) return
  process.on('disconnect', stop)
  process.channel.ref()
  if (!process.connected) stop()
}

function announcement({ url, backOfficeUrl, apiUrl, controlUrl, apiClients, hoteliers, legacyKeys }: Sandbox) {
  return { backOfficeUrl, apiUrl, controlUrl, panelUrl: `${url}/`, apiClients, hoteliers, legacyKeys }
}

function greeting({ url, backOfficeUrl, apiUrl, controlUrl, apiClients, hoteliers }: Sandbox): string {
  return [
    `Sandbox ready: ${url}/ (an emulator, not Octorate)`,
    `  back office  ${backOfficeUrl}`,
    `  API          ${apiUrl}`,
    `  control API  ${controlUrl}`,
    ...apiClients.map(({ clientId, clientSecret }) => `  API client   ${clientId} / ${clientSecret}`),
    ...hoteliers.slice(0, 1).map(({ username, password }) => `  sign in as   ${username} / ${password}`),
    '',
  ].join('\n')
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

function sentence(error: Error): string {
  if ('code' in error && error.code === 'EADDRINUSE') return 'the port is in use. Stop the program that holds it, or choose another --port.'
  return error.message
}
