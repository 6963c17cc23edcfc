#!/usr/bin/env node
// The keyrack command: `start` builds when the build is stale and runs everything; `build` builds only.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from './build.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const [command] = process.argv.slice(2)
const say = (line) => console.log(line)

let stopping = false

async function start() {
  const started = startAll()
  // Ctrl-C in the middle of the start: what was begun must come up before it can be taken down in order.
  const stop = async () => {
    if (stopping) return
    stopping = true
    say('Stopping …')
    const running = await started.catch(() => null)
    await running?.stop()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('SIGHUP', stop)
  await started
}

async function startAll() {
  await buildIfStale(root, say)
  const { startKeyrack } = await import('../dist/start.js')
  return startKeyrack(root, say)
}

const commands = { start, build: () => buildIfStale(root, say) }
const run = commands[command ?? '']
if (!run) {
  console.error(`usage: keyrack ${Object.keys(commands).join('|')}`)
  process.exit(2)
}
process.chdir(root)
// Variables that are set already win over the file.
if (existsSync('.env')) process.loadEnvFile('.env')
run().catch((error) => {
  if (stopping) return
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  if (process.env.LOG_LEVEL === 'debug') console.error(error)
  process.exit(1)
})
