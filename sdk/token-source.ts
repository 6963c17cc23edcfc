import { KeyrackError, KeyrackRefusedError } from './errors'
import type { MachineApi } from './machine-api'
import { keyOf, type Target } from './target'
import { notKeyrack, refusalToError } from './to-error'
import { parseTokenAnswer, type CachedToken } from './token-cache'
import type { TokenSource } from './token-keeper'

/** As many as Keyrack takes in one call. */
const BATCH = 500

/** Tokens from the machine API. Their life is counted from when they were asked for, so that none outlives itself. */
export function tokenSource(api: MachineApi): TokenSource {
  return {
    async load(target, minTtlMs, retries) {
      const { body, askedAt } = await api.call({
        method: 'GET',
        path: `${pathOf(target)}/access-token`,
        query: { minTtl: Math.ceil(minTtlMs / 1_000) },
        retries,
      })
      return toCached(body, askedAt)
    },
    async loadMany(targets, minTtlMs) {
      const outcomes = new Map<string, CachedToken | KeyrackError>()
      for (let first = 0; first < targets.length; first += BATCH) {
        const batch = await loadReadable(api, targets.slice(first, first + BATCH), minTtlMs)
        for (const [key, outcome] of batch) outcomes.set(key, outcome)
      }
      return outcomes
    },
  }
}

type Outcome = [string, CachedToken | KeyrackError]

/** A target that Keyrack cannot read makes it refuse the whole call: that one is left out then, so that the others get theirs. */
async function loadReadable(api: MachineApi, targets: readonly Target[], minTtlMs: number): Promise<Outcome[]> {
  try {
    return await loadBatch(api, targets, minTtlMs)
  } catch (error) {
    if (!(error instanceof KeyrackError)) throw error
    const wrong = unreadable(targets, error)
    const others = targets.filter((target) => !wrong.includes(target))
    const isToAskAgain = wrong.length > 0 && others.length > 0
    const refused = (isToAskAgain ? wrong : targets).map((target): Outcome => [keyOf(target), error])
    return isToAskAgain ? [...refused, ...(await loadReadable(api, others, minTtlMs))] : refused
  }
}

/** The targets that the refusal names, by their place in what was sent. */
function unreadable(targets: readonly Target[], error: KeyrackError): readonly Target[] {
  if (!(error instanceof KeyrackRefusedError) || error.code !== 'invalid_input') return []
  const places = new Set(error.issues.map(({ path }) => path))
  const connections = targets.filter((target) => 'connectionId' in target)
  const properties = targets.filter((target) => !('connectionId' in target))
  return [
    ...connections.filter((_, index) => places.has(`connections.${index}`)),
    ...properties.filter((_, index) => places.has(`properties.${index}`)),
  ]
}

async function loadBatch(api: MachineApi, targets: readonly Target[], minTtlMs: number): Promise<Outcome[]> {
  const { body, askedAt } = await api.call({
    method: 'POST',
    path: '/access-tokens',
    json: {
      connections: targets.flatMap((target) => ('connectionId' in target ? [target.connectionId] : [])),
      properties: targets.flatMap((target) => ('propertyId' in target ? [target.propertyId] : [])),
      minTtl: Math.ceil(minTtlMs / 1_000),
    },
    retries: true,
  })
  if (!hasItems(body)) throw notKeyrack(200)
  return body.items.map((item) => {
    const { propertyId, connectionId, token, refusal } = item
    // One that was asked for by property says so; others are by connection.
    const target = typeof propertyId === 'string' ? { propertyId } : { connectionId: String(connectionId) }
    return [keyOf(target), isRefusal(refusal) ? refusalToError(refusal) : toCached(token, askedAt)]
  })
}

function pathOf(target: Target): string {
  return 'connectionId' in target
    ? `/connections/${encodeURIComponent(target.connectionId)}`
    : `/properties/${encodeURIComponent(target.propertyId)}`
}

function toCached(body: unknown, askedAt: number): CachedToken {
  const answer = parseTokenAnswer(body)
  if (!answer) throw notKeyrack(200)
  return { answer, goodUntil: askedAt + answer.expiresIn * 1_000 }
}

type Loose = Readonly<Partial<Record<string, unknown>>>

function hasItems(body: unknown): body is { items: readonly Loose[] } {
  return typeof body === 'object' && body !== null && 'items' in body && Array.isArray(body.items)
}

function isRefusal(value: unknown): value is { code: string; message: string } {
  if (typeof value !== 'object' || value === null) return false
  const { code, message }: Loose = { ...value }
  return typeof code === 'string' && typeof message === 'string'
}
