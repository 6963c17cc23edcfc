import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ENV_NAMES } from '@/server/env'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))
const READY_WITHIN_MS = 60_000
const POLL_MS = 50

interface Launch {
  readonly dataFolder: string
  readonly port: number
  readonly sandboxPort: number
  /** Variables besides those; nothing else is inherited but what a shell needs. */
  readonly env?: Readonly<Record<string, string>>
  /** `npm start` as a person would, instead of the program itself. */
  readonly byNpm?: boolean
  /** What is run: the console, or the background alone. */
  readonly program?: 'start' | 'worker'
}

/** A console running as a process of its own, in a process group of its own, as a terminal would start it. */
export interface ConsoleProcess {
  readonly pid: number
  readonly port: number
  /** Everything printed so far, on both channels. */
  output(): string
  /** Resolves when `/readyz` answers 200 and the start has said where the console is. @throws Error with the output when it ended instead. */
  ready(): Promise<void>
  /** Exit code of the program; null when a signal ended it. */
  readonly exited: Promise<number | null>
  /** What Ctrl-C does: SIGINT to the whole group. */
  interrupt(): void
  /** kill -9 of the console alone: neither sandbox nor database is told. */
  killParent(): void
}

export function launchConsole({ dataFolder, port, sandboxPort, env = {}, byNpm = false, program = 'start' }: Launch): ConsoleProcess {
  const [command, args] = byNpm ? ['npm', ['start']] : [process.execPath, [path.join('bin', 'keyrack.js'), program]]
  const child = spawn(command, args, {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...shellEnv(),
      // Empty is absent, and keeps out what a developer's own .env says.
      ...Object.fromEntries(ENV_NAMES.map((name) => [name, ''])),
      PORT: String(port),
      KEYRACK_SANDBOX_PORT: String(sandboxPort),
      KEYRACK_DATA: dataFolder,
      ...env,
    },
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${command} could not be started`)
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => chunks.push(text))
  const output = () => chunks.join('')
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  endWithThisProcess(child, pid)
  return {
    pid,
    port,
    output,
    exited,
    ready: () => waitUntilReady(`http://127.0.0.1:${port}/readyz`, { exited, output }),
    interrupt: () => process.kill(-pid, 'SIGINT'),
    killParent: () => process.kill(pid, 'SIGKILL'),
  }
}

/**
 * A port that was free a moment ago. It lies below those that the system hands out by itself, or somebody's outgoing
 * connection could take it before the console does.
 */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + randomInt(17_000)
    if (await canListen(port)) return port
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** The running Node comes first on the path, so that `npm start` uses it too. */
function shellEnv(): NodeJS.ProcessEnv {
  const { PATH = '', HOME = '/', TMPDIR, LANG } = process.env
  return { NODE_ENV: undefined, PATH: `${path.dirname(process.execPath)}:${PATH}`, HOME, TMPDIR, LANG } as unknown as NodeJS.ProcessEnv
}

async function waitUntilReady(url: string, given: { exited: Promise<number | null>; output: () => string }): Promise<void> {
  let ended = false
  void given.exited.then(() => (ended = true))
  const lastTry = performance.now() + READY_WITHIN_MS
  while (performance.now() < lastTry) {
    if (ended) throw new Error(`The console ended instead of becoming ready:\n${given.output()}`)
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    )
    if (status === 200 && given.output().includes('Keyrack is at')) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  throw new Error(`The console was not ready within ${READY_WITHIN_MS / 1000} s:\n${given.output()}`)
}

function endWithThisProcess(child: ChildProcess, pid: number): void {
  const end = () => {
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // Gone already.
    }
  }
  process.once('exit', end)
  child.once('exit', () => process.removeListener('exit', end))
}
