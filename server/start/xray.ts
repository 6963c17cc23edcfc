import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { readEnv } from '../env'
import { openSockets } from '../octorate/sockets'
import { runXray, type XrayExit } from '../xray/run-xray'
import { configuredUpstreams, sandboxBeside } from './configured-upstreams'

/**
 * Runs `keyrack xray`, without database, keys or console. File names are relative to `folder`, where the person is.
 *
 * @throws Error with a sentence for whoever started it.
 */
export async function startXray(args: readonly string[], folder: string): Promise<XrayExit> {
  const env = readEnv()
  // Who reads the output may have seen enough: keyrack xray mail.eml | head
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
  const sockets = openSockets()
  try {
    return await runXray(args, {
      upstreams: configuredUpstreams(env, sandboxBeside(env)),
      fetch: sockets.fetch,
      clock: () => new Date(),
      readMail: (place) => (place === '-' ? readInput() : readFile(path.resolve(folder, place), 'utf8')),
      print: (result) => void process.stdout.write(result),
      say: (line) => void process.stderr.write(line),
    })
  } finally {
    await sockets.close()
  }
}

function readInput(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Paste the mail, then press Ctrl-D on a line of its own.\n')
  return text(process.stdin)
}
