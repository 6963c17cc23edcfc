import 'server-only'
import { Agent, request } from 'undici'
import { getRuntime, once } from '../runtime'
import { checkOutboundUrl, type OutboundRules } from './check-address'
import { OutboundError } from './outbound-error'
import { pinnedLookup, type ResolveAll } from './pinned-lookup'

export interface OutboundRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface OutboundAnswer {
  readonly status: number
  /** At most 4 KB of it, as text. */
  readonly body: string
  readonly durationMs: number
}

const CONNECT_MS = 5_000
const WHOLE_MS = 10_000
const MOST_BYTES = 4_096

/**
 * Posts to a server that an organization named: the only way out besides the gateway to Octorate. Nothing private,
 * reserved or on this machine can be reached through it, redirects are not followed, and neither time nor size is theirs
 * to choose.
 *
 * @throws OutboundError when there is no answer.
 */
export async function callOutside(given: OutboundRequest): Promise<OutboundAnswer> {
  const rules = outboundRules()
  const agent = once('outbound sockets', () => openAgent(rules))
  return send(agent, checkOutboundUrl(given.url, rules), given)
}

/** What may be called from here, as the environment says. */
export function outboundRules(): OutboundRules {
  return { mayReachLoopback: getRuntime().env.KEYRACK_WEBHOOKS_TO_LOOPBACK === 'on' }
}

/** Sockets of their own, so that a slow receiver never takes one from Octorate; no proxy of the environment's. */
export function openAgent(rules: OutboundRules, resolve?: ResolveAll): Agent {
  return new Agent({ connections: 8, pipelining: 0, connect: { timeout: CONNECT_MS, lookup: pinnedLookup(rules, resolve) } })
}

/** Exported for tests, which bring a resolver of their own. */
export async function send(dispatcher: Agent, url: URL, { headers, body }: OutboundRequest): Promise<OutboundAnswer> {
  const beganAt = performance.now()
  try {
    const answer = await request(url, { dispatcher, method: 'POST', headers: { ...headers }, body, signal: AbortSignal.timeout(WHOLE_MS) })
    const text = await readStart(answer.body)
    if (answer.statusCode >= 300 && answer.statusCode <= 399) throw new OutboundError('redirected')
    return { status: answer.statusCode, body: text, durationMs: Math.round(performance.now() - beganAt) }
  } catch (error) {
    throw toOutboundError(error)
  }
}

/** The beginning of an answer; what follows is not even read. */
async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= MOST_BYTES) break
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8')
}

const NAMES: readonly (readonly [RegExp, OutboundError['failure']])[] = [
  [/^(?:TimeoutError|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT)$/, 'timeout'],
  [/CERT|^ERR_TLS|^ERR_SSL|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)/, 'certificate'],
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, 'name_unknown'],
  [/^(?:ECONNRESET|UND_ERR_SOCKET|HPE_|UND_ERR_ABORTED)/, 'cut'],
]

function toOutboundError(error: unknown): OutboundError {
  for (let each = error, depth = 0; each instanceof Error && depth < 4; each = each.cause, depth += 1) {
    if (each instanceof OutboundError) return each
    const words = [each.name, 'code' in each && typeof each.code === 'string' ? each.code : '']
    const known = NAMES.find(([pattern]) => words.some((word) => pattern.test(word)))
    if (known) return new OutboundError(known[1])
  }
  return new OutboundError('unreachable')
}
