import type { Exchange } from '@/contracts/exchange'
import type { Examination } from '@/contracts/xray'
import { parseHttpDate } from '@/lib/time/parse-http-date'
import { logIn } from '../admin-tokens/log-in'
import { toDto } from '../api-configuration/to-dto'
import type { AdminToken } from '../crypto/tokens'
import { AppError } from '../http/app-error'
import { isUpstreamError } from '../http/from-upstream'
import { gatewayTo, type Gateway } from '../octorate/gateway-to'
import type { RawAnswer } from '../octorate/raw-answer'
import { processConfigurationResponse, readConfigurationRequest } from '../octorate/read-configuration'
import type { UpstreamFetch } from '../octorate/sockets'
import { toShownExchange } from '../octorate/to-shown-exchange'
import type { ApiClientCredentials } from '../octorate/wire'
import type { Upstream } from '../upstreams'

interface Given {
  readonly upstream: Upstream
  readonly credentials: ApiClientCredentials
  readonly fetch: UpstreamFetch
  readonly clock: () => Date
}

/**
 * Looks at what a client id and secret are good for: logs in and reads the configuration, in memory. Nothing is written at
 * Octorate or here, and the token is thrown away. Whatever Octorate refuses is part of the answer.
 */
export async function examine({ upstream, credentials, fetch, clock }: Given): Promise<Examination> {
  const exchanges: Exchange[] = []
  const gateway = gatewayTo({ upstream, apiVersion: 'v1', credentials, fetch, clock }, (exchange) => void exchanges.push(toShownExchange(exchange)))
  const login = await attempt(() => logIn(gateway))
  const reading = login.ok ? await read(gateway, login.value.adminToken) : null
  const takenAt = clock()
  const { id, label, apiBase } = upstream
  return {
    takenAt: takenAt.toISOString(),
    upstream: { id, label, apiBase },
    login: login.ok ? 'accepted' : login.code,
    adminTokenEndsAt: login.ok ? login.value.expiresAt.toISOString() : null,
    configuration: reading?.live.ok ? toDto(reading.live.value, takenAt) : null,
    reading: !reading || reading.live.ok ? null : reading.live.code,
    skewMs: reading?.skewMs ?? null,
    exchanges,
  }
}

type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string }

async function attempt<T>(act: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await act() }
  } catch (error) {
    if (isUpstreamError(error) || error instanceof AppError) return { ok: false, code: error.code }
    throw error
  }
}

async function read({ transport, urls }: Gateway, adminToken: AdminToken) {
  let skewMs: number | null = null
  const live = await attempt(async () => {
    const answer = await transport(readConfigurationRequest({ url: urls.configuration, adminToken }))
    skewMs = skewOf(answer)
    return { configuration: processConfigurationResponse(answer), callsLeft: answer.headers.rateLimitRemaining }
  })
  return { live, skewMs }
}

/** A Date header has whole seconds: half a second on average is lost. */
function skewOf({ headers, sentAt, receivedAt }: RawAnswer): number | null {
  const upstreamNow = parseHttpDate(headers.date)
  return upstreamNow && Math.round((sentAt.getTime() + receivedAt.getTime()) / 2 - upstreamNow.getTime() - 500)
}
