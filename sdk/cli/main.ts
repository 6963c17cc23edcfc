import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { text } from 'node:stream/consumers'
import { runCli } from './run-cli'

// Who reads the output may have seen enough: keyrack connections | head
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  host: hostname(),
  readFile: (path) => (path === '-' ? text(process.stdin) : readFile(path, 'utf8')),
  print: (line) => void process.stdout.write(line),
  say: (line) => void process.stderr.write(line),
  sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
})
