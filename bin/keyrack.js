#!/usr/bin/env node
// The keyrack command: `start` builds when the build is stale and runs everything; `build` builds only.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from './build.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const [command] = process.argv.slice(2)
const say = (line) => console.log(line)

async function start() {
  await buildIfStale(root, say)
  const { startKeyrack } = await import('../dist/start.js')
  const running = await startKeyrack(root, say)
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    say('Stopping …')
    await running.stop()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
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
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  if (process.env.LOG_LEVEL === 'debug') console.error(error)
  process.exit(1)
})
