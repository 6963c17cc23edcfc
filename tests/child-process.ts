import { fork, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { build } from 'esbuild'
import { afterAll } from 'vitest'
import type { Reply, Request, Wish } from './child-program'
import type { Rig } from './runtime'

/** One more process of the console, on the test's database, sandbox and keys. */
export interface Child {
  /** @returns the outcomes; rejects when the process dies before it answers. */
  ask(wish: Wish): Promise<readonly string[]>
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>
  stop(): void
  /** What it printed, where its output is read. */
  readonly stdout: Readable | null
  resume(): void
}

/** Bundles the program once and starts as many processes of it as a test wants; all end with the file. */
export async function prepareChildren({ forChildren, clock }: Pick<Rig, 'forChildren' | 'clock'>): Promise<{ start(options?: { readonly readOutput?: boolean }): Promise<Child> }> {
  // Inside the project, so that the packages beside it are found.
  const folder = await mkdtemp(path.join(process.cwd(), 'node_modules', '.keyrack-child-'))
  const program = path.join(folder, 'child.mjs')
  await build({
    entryPoints: ['tests/child-program.ts'], outfile: program, bundle: true, platform: 'node', format: 'esm',
    target: 'node20.19', packages: 'external', logLevel: 'error',
    alias: { '@': process.cwd(), 'server-only': './tests/server-only.ts' },
  })
  const children = new Set<ChildProcess>()
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })
  return {
    async start({ readOutput = false } = {}) {
      const stdio = ['ignore', readOutput ? 'pipe' : 'inherit', 'inherit', 'ipc'] as const
      const child = fork(program, [JSON.stringify(forChildren)], { execArgv: [], stdio: [...stdio] })
      children.add(child)
      const wrapped = wrap(child, () => clock.at)
      await wrapped.ask({ do: 'warm-up' })
      return wrapped
    },
  }
}

function wrap(child: ChildProcess, now: () => number): Child {
  const waiting = new Map<number, { resolve(outcomes: readonly string[]): void; reject(error: Error): void }>()
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      for (const { reject } of waiting.values()) reject(new Error('the process is gone'))
      resolve()
    })
  })
  let last = 0
  child.on('message', ({ number, outcomes }: Reply) => {
    waiting.get(number)?.resolve(outcomes)
    waiting.delete(number)
  })
  return {
    ask(wish) {
      last += 1
      const request: Request = { number: last, at: now(), wish }
      return new Promise((resolve, reject) => {
        waiting.set(request.number, { resolve, reject })
        child.send(request)
      })
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
    stop: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stdout: child.stdout,
  }
}
