import type { CrashPoint } from '@/server/crash-point'
import { startProgram } from './start-program'
import type { Measures, Message, ProcessFacts, Result, Wish } from './protocol'

/** A process of the console: machine API, refreshes and settling, without pages. */
export interface ConsoleProcess {
  readonly url: string
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  readonly isAlive: boolean
  output(): string
  startWork(): Promise<unknown>
  stopWork(): Promise<unknown>
  setClock(offsetMs: number): Promise<unknown>
  topUp(who: { readonly organizationId: string; readonly userId: string }): Promise<unknown>
  /** Resolves when they are given back. */
  hold(wish: { readonly connections: number; readonly ms: number }): Promise<unknown>
  measure(): Promise<Measures>
  /** @returns an outcome for each; rejects when the process dies before all are there. */
  refresh(wish: { readonly organizationId: string; readonly connections: readonly string[] }): Promise<readonly string[]>
  /** Ends itself by SIGKILL as soon as every one of these connections is at its point. */
  dieAt(points: readonly (readonly [connectionId: string, point: CrashPoint])[]): Promise<unknown>
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void
  kill(): Promise<void>
}

export async function startConsoleProcess(program: string, facts: ProcessFacts): Promise<ConsoleProcess> {
  const { child, exited, output } = await startProgram(program, JSON.stringify(facts))
  const waiting = new Map<number, { resolve(result: Result): void; reject(error: Error): void }>()
  let last = 0
  let isAlive = true
  child.once('exit', () => {
    isAlive = false
    for (const { reject } of waiting.values()) reject(new Error('the process is gone'))
  })
  child.on('message', (message: Message) => {
    if (!('number' in message)) return
    const waiter = waiting.get(message.number)
    waiting.delete(message.number)
    if ('error' in message) waiter?.reject(new Error(message.error))
    else waiter?.resolve(message.result)
  })
  const ask = (wish: Wish): Promise<Result> => {
    last += 1
    const number = last
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject })
      child.send({ number, wish })
    })
  }
  return {
    url: `http://127.0.0.1:${facts.port}`,
    exited,
    get isAlive() {
      return isAlive
    },
    output,
    startWork: () => ask({ do: 'start-work' }),
    stopWork: () => ask({ do: 'stop-work' }),
    setClock: (offsetMs) => ask({ do: 'set-clock', offsetMs }),
    dieAt: (points) => ask({ do: 'die-at', points }),
    topUp: ({ organizationId, userId }) => ask({ do: 'top-up', organizationId, userId }),
    hold: (wish) => ask({ do: 'hold', ...wish }),
    async measure() {
      return (await ask({ do: 'measure' })) as Measures
    },
    async refresh({ organizationId, connections }) {
      return (await ask({ do: 'refresh', organizationId, connections })) as readonly string[]
    },
    signal: (signal) => void child.kill(signal),
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
