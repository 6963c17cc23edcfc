import 'server-only'
import { Agent, request } from 'undici'
import type { WireRequest } from './to-request-init'
import { PACKED_AS, unpack } from './unpack'
import type { UpstreamRequest } from './upstream-request'

/** Name, TCP and TLS together. undici looks at its clock twice a second, so it is over by 4 s at the latest. */
const CONNECT_MS = 3_000
const SOCKETS_PER_HOST = 16
const REFRESH_SOCKETS_PER_HOST = 16
/** As many as lines of migrations are in hand, so that none waits for a socket while its deadline runs. */
const BULK_SOCKETS_PER_HOST = 128

/** What we read of an answer, by whichever `fetch` it came. */
export interface WireAnswer {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  readonly body: AsyncIterable<Uint8Array> | null
}

/** `fetch` for one request; which call it is, and whether it is one of many, decides by which sockets it goes. */
export type UpstreamFetch = (
  url: string,
  init: WireRequest & { readonly signal: AbortSignal },
  request: Pick<UpstreamRequest, 'call' | 'isBulk'>,
) => Promise<WireAnswer>

export interface UpstreamSockets {
  readonly fetch: UpstreamFetch
  /** Drops every socket, busy ones too: whoever must not be cut off is waited for before. */
  close(): Promise<void>
}

interface SocketLimits {
  /** For refreshes, at each host. */
  readonly refreshSockets?: number
  readonly connectMs?: number
}

/**
 * The sockets to Octorate of one process, kept alive between calls: at most 16 at each host, as many again as
 * are asked for refreshes, and 128 for calls in bulk, so that a code of 60 seconds never waits behind refreshes or
 * migrations that Octorate answers slowly. A proxy named in the environment is not used, because it would see every secret.
 */
export function openSockets({
  refreshSockets = REFRESH_SOCKETS_PER_HOST,
  connectMs = CONNECT_MS,
}: SocketLimits = {}): UpstreamSockets {
  const open = (connections: number) =>
    // The transport's own deadlines are stricter than undici's, so those are off.
    new Agent({ connections, connect: { timeout: connectMs }, headersTimeout: 0, bodyTimeout: 0 })
  const refreshes = open(refreshSockets)
  const bulk = open(BULK_SOCKETS_PER_HOST)
  const others = open(SOCKETS_PER_HOST)
  return {
    fetch: (url, init, { call, isBulk }) => send(url, init, call === 'refresh' ? refreshes : isBulk ? bulk : others),
    async close() {
      await Promise.all([refreshes.destroy(), bulk.destroy(), others.destroy()])
    },
  }
}

/** By undici's `request`, which takes a fraction of what its `fetch` takes, follows no redirect, and keeps nothing of an answer. */
async function send(url: string, { method, headers, body, signal }: Parameters<UpstreamFetch>[1], dispatcher: Agent): Promise<WireAnswer> {
  const answer = await request(url, { method, headers: { ...headers, 'accept-encoding': PACKED_AS }, body: body ?? null, signal, dispatcher })
  const get = (name: string) => textOf(answer.headers[name.toLowerCase()])
  return { status: answer.statusCode, headers: { get }, body: unpack(answer.body, get('content-encoding')) }
}

function textOf(value: string | string[] | undefined): string | null {
  return Array.isArray(value) ? value.join(', ') : (value ?? null)
}
