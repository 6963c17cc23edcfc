#!/usr/bin/env node
// The keyrack command: runs the console on this machine, and is the client's command for nearly everything else.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from './build.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const [command = ''] = process.argv.slice(2)
const startedIn = process.cwd()
const say = (line) => console.log(line)

/** Whoever starts services kills those that take longer. A first start that is not over yet is waited for before. */
const STOP_WITHIN_MS = 10_000

let stopping = false

/** Runs a program until a signal ends it. */
async function runUntilStopped(begin) {
  // Whoever read the log may be gone. Unheard, such an error would be logged, which is another one, and so on for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const started = begin()
  // Ctrl-C in the middle of the start: what was begun must come up before it can be taken down in order.
  const stop = async () => {
    if (stopping) return
    stopping = true
    say('Stopping …')
    const running = await started.catch(() => null)
    setTimeout(() => process.exit(0), STOP_WITHIN_MS)
    await running?.stop()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('SIGHUP', stop)
  await started
}

async function startConsole() {
  await buildIfStale(root, say)
  const { startKeyrack } = await import('../dist/start.js')
  return startKeyrack(root, say)
}

async function startBackground() {
  await buildIfStale(root, say)
  const { startWorker } = await import('../dist/worker.js')
  return startWorker(root, say)
}

/** Needs neither database nor console. File names stay relative to where the person is. */
async function examineMail() {
  await needProgram('xray')
  const { startXray } = await import('../dist/xray.js')
  process.exitCode = await startXray(process.argv.slice(3), startedIn)
}

/** Beside a console, or without one; a build of the pages is not needed. */
async function runProgram(name, verb) {
  await needProgram(name)
  const program = await import(`../dist/${name}.js`)
  await program[verb]({ root, args: process.argv.slice(3), folder: startedIn, say })
}

/** Needs neither database nor console. */
async function checkAudit() {
  await needProgram('audit')
  const { runAudit } = await import('../dist/audit.js')
  process.exitCode = await runAudit({ args: process.argv.slice(3), folder: startedIn, say })
}

async function buildForOthers() {
  await buildIfStale(root, say)
  const { preparePostgresBinaries } = await import('../dist/postgres-binaries.js')
  await preparePostgresBinaries()
}

async function needProgram(name) {
  if (existsSync(`${root}dist/${name}.js`)) return
  const { bundle } = await import('./bundle.js')
  await bundle([name])
}

/** What this machine runs. Every other command is one of the client's, over the machine API (sdk/cli/). */
const COMMANDS = {
  start: { summary: 'builds when a source has changed, then runs the console and what it needs', run: () => runUntilStopped(startConsole) },
  worker: { summary: 'runs the background alone, beside consoles with KEYRACK_WORKER=off', run: () => runUntilStopped(startBackground) },
  xray: { summary: "reads Octorate's welcome mail and says what its credentials are good for", run: examineMail },
  backup: { summary: 'writes everything that is kept into FILE, encrypted under the keys', run: () => runProgram('backup', 'runBackup') },
  restore: { summary: 'puts a backup back, newer tokens kept', run: () => runProgram('backup', 'runRestore') },
  upgrade: { summary: 'with --check: what the migrations of this version would do', run: () => runProgram('upgrade', 'runUpgrade') },
  doctor: { summary: 'looks at everything that can be wrong, and says what to do', run: () => runProgram('doctor', 'runDoctor') },
  doubts: { summary: 'says what own calls have shown of what nobody knows about Octorate', run: () => runProgram('doubts', 'runDoubts') },
  'move-database': { summary: 'moves the embedded database to the PostgreSQL that this version brings', run: () => runProgram('move-database', 'runMoveDatabase') },
  keys: { summary: 'shows, makes, renews and retires the keys that everything is sealed with', run: () => runProgram('keys', 'runKeys') },
  admin: { summary: 'prints a one-time link for an owner who is locked out: admin recover-owner EMAIL', run: () => runProgram('admin', 'runAdmin') },
  'access-review': { summary: 'who and what has access, as CSV', run: () => runProgram('access-review', 'runAccessReview') },
  erase: { summary: 'erases a natural person or a property: erase person EMAIL, erase property ID; a trial without --yes', run: () => runProgram('erase', 'runErase') },
  audit: { summary: 'says whether an exported audit log is whole: audit verify FILE', run: checkAudit },
  build: { summary: 'builds only, for a start by somebody who may not write here', run: buildForOthers },
}

const own = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : null
// Variables that are set already win over the file.
if (existsSync(`${root}.env`)) process.loadEnvFile(`${root}.env`)
if (own) await runOwn(own)
else await runClient()

async function runOwn({ run }) {
  process.chdir(root)
  try {
    await run()
  } catch (error) {
    if (stopping) return
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
    if (process.env.LOG_LEVEL === 'debug') console.error(error)
    process.exit(1)
  }
}

/** Reads its own arguments and sets the exit code; file names stay relative to where the person is. */
async function runClient() {
  if (['', 'help', '-h', '--help'].includes(command)) {
    const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(40)}  ${summary}\n`)
    const out = command === '' ? process.stderr : process.stdout
    out.write(`Usage: keyrack COMMAND, on the machine that runs the console\n\n${lines.join('')}\n`)
  }
  await needProgram('cli')
  await import('../dist/cli.js')
}
