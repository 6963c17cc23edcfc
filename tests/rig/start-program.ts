import { fork, type ChildProcess } from 'node:child_process'

const READY_WITHIN_MS = 30_000
const MOST_OUTPUT = 2_000_000

export interface Program<Ready> {
  readonly child: ChildProcess
  /** Its first message. */
  readonly ready: Ready
  /** How it ended. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  /** The end of what it printed. */
  output(): string
}

/** Starts a bundled program as a process with a channel, and waits for its first message. */
export async function startProgram<Ready>(program: string, argument = ''): Promise<Program<Ready>> {
  // No variable of whoever runs the rig reaches it.
  const env = { NODE_ENV: 'production', PATH: process.env['PATH'] } as const
  const child = fork(program, [argument], { execArgv: [], env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output = `${output}${text}`.slice(-MOST_OUTPUT)))
  }
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  let timer: NodeJS.Timeout | undefined
  const ready = await new Promise<Ready>((resolve, reject) => {
    const fail = () => {
      child.kill('SIGKILL')
      reject(new Error(`${program} did not start:\n${output}`))
    }
    timer = setTimeout(fail, READY_WITHIN_MS)
    child.once('message', (message) => resolve(message as Ready))
    void exited.then(fail)
  }).finally(() => clearTimeout(timer))
  return { child, ready, exited, output: () => output }
}
