import { lintRules, type LintRuleName } from '../lint/lint-rules'
import type { TapeEntry } from './tape'

/** How often one rule was broken. `tapeId` is the request that the example comes from, the latest. */
export type Finding = {
  readonly rule: LintRuleName
  readonly count: number
  /** how many of these requests were refused, with whatever status of 400 or more */
  readonly refused: number
  readonly wants: string
  readonly section: string
  readonly clientIds: readonly string[]
  readonly endpoints: readonly string[]
  readonly example: { readonly text: string; readonly tapeId: number; readonly at: number; readonly endpoint: string }
}

/** What the clients of this sandbox did wrong since it started (or since the report was cleared), most frequent first. */
export type ConformanceReport = { readonly requests: number; readonly withNotes: number; readonly findings: readonly Finding[] }

export type Report = {
  add(request: Reported): void
  read(clientId?: string): ConformanceReport
  clear(): void
}

type Reported = Pick<TapeEntry, 'id' | 'at' | 'endpoint' | 'clientId' | 'status' | 'notes'>
type Tally = { count: number; refused: number; endpoints: Set<string>; example: Finding['example'] }
type Client = { requests: number; withNotes: number; readonly tallies: Map<LintRuleName, Tally> }

export function createReport(): Report {
  const clients = new Map<string, Client>()

  const clientOf = (clientId: string) => {
    const known = clients.get(clientId)
    if (known) return known
    const client: Client = { requests: 0, withNotes: 0, tallies: new Map() }
    clients.set(clientId, client)
    return client
  }

  return {
    add(request) {
      const client = clientOf(request.clientId)
      client.requests += 1
      if (request.notes.length === 0) return
      client.withNotes += 1
      for (const { rule, text } of request.notes) {
        const tally = client.tallies.get(rule) ?? { count: 0, refused: 0, endpoints: new Set(), example: toExample(request, text) }
        tally.count += 1
        if (request.status >= 400) tally.refused += 1
        tally.endpoints.add(request.endpoint)
        tally.example = toExample(request, text)
        client.tallies.set(rule, tally)
      }
    },
    read(clientId) {
      const chosen = [...clients].filter(([each]) => clientId === undefined || each === clientId)
      return {
        requests: sum(chosen.map(([, { requests }]) => requests)),
        withNotes: sum(chosen.map(([, { withNotes }]) => withNotes)),
        findings: findingsOf(chosen).sort((one, other) => other.count - one.count),
      }
    },
    clear: () => clients.clear(),
  }
}

function findingsOf(clients: readonly (readonly [string, Client])[]): Finding[] {
  const rules = new Set(clients.flatMap(([, { tallies }]) => [...tallies.keys()]))
  return [...rules].flatMap((rule) => {
    const { wants, section } = lintRules[rule]
    const parts = clients.flatMap(([clientId, { tallies }]) => {
      const tally = tallies.get(rule)
      return tally ? [{ clientId, ...tally }] : []
    })
    const [latest] = parts.map(({ example }) => example).sort((one, other) => other.tapeId - one.tapeId)
    if (!latest) return []
    return {
      rule,
      count: sum(parts.map(({ count }) => count)),
      refused: sum(parts.map(({ refused }) => refused)),
      wants,
      section,
      clientIds: parts.map(({ clientId }) => clientId),
      endpoints: [...new Set(parts.flatMap(({ endpoints }) => [...endpoints]))],
      example: latest,
    }
  })
}

function toExample({ id, at, endpoint }: Reported, text: string): Finding['example'] {
  return { text, tapeId: id, at, endpoint }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
