import type { Rig } from './runtime'

type FaultRule = Parameters<Rig['sandbox']['control']['faults']['add']>[0]
type WithoutAim<Rule> = Rule extends unknown ? Omit<Rule, 'endpoint' | 'clientId'> : never

/** What goes wrong and how often, without where. */
export type Fault = WithoutAim<FaultRule>

/** Counts what reaches the sandbox from now on, answered or not. */
export function watchCalls({ sandbox }: Pick<Rig, 'sandbox'>) {
  const since = sandbox.control.tape.read().at(-1)?.id ?? 0
  return {
    all: () => sandbox.control.tape.read(since).map(({ endpoint }) => endpoint),
    count: (endpoint: string) => sandbox.control.tape.read(since).filter((entry) => entry.endpoint === endpoint).length,
  }
}
