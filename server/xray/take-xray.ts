import 'server-only'
import type { z } from 'zod'
import type { Exchange } from '@/contracts/exchange'
import type { takeXray as endpoint, Xray } from '@/contracts/xray'
import { parseHttpDate } from '@/lib/time/parse-http-date'
import { logIn } from '../admin-tokens/hold-admin-token'
import { findByClientId } from '../api-clients/find-by-client-id'
import { makeGateway, type Gateway } from '../api-clients/open-gateway'
import { toDto } from '../api-configuration/to-dto'
import { recordAudit } from '../audit/record-audit'
import { clientSecret, type AdminToken } from '../crypto/tokens'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { isUpstreamError } from '../http/from-upstream'
import type { RawAnswer } from '../octorate/raw-answer'
import { processConfigurationResponse, readConfigurationRequest } from '../octorate/read-configuration'
import { toShownExchange } from '../octorate/to-shown-exchange'
import { getRuntime } from '../runtime'

/**
 * Looks at what a client id and secret are good for: logs in and reads the configuration, in memory. Nothing is written at
 * Octorate; neither the credentials nor the token are kept, here or in the audit log.
 *
 * @throws AppError `upstream_not_allowed`; whatever Octorate refuses is part of the answer.
 */
export async function takeXray({ viewer, context }: Actor, input: z.output<typeof endpoint.body>): Promise<Xray> {
  const { clientId, upstreamId } = input
  const exchanges: Exchange[] = []
  const gateway = makeGateway(
    { upstreamId, apiVersion: 'v1', credentials: { clientId, clientSecret: clientSecret(input.clientSecret) } },
    (exchange) => void exchanges.push(toShownExchange(exchange)),
  )
  const { organizationId, userId } = viewer
  const login = await attempt(() => logIn(gateway))
  const reading = login.ok ? await read(gateway, login.value.adminToken) : null
  const takenAt = getRuntime().clock()
  await recordAudit(db(), {
    action: 'xray.taken', outcome: login.ok ? 'success' : 'failure', organizationId, actor: { kind: 'user', id: userId },
    detail: { upstream: upstreamId, login: login.ok ? 'accepted' : login.code }, context, at: takenAt,
  })
  const { id, label, apiBase } = gateway.upstream
  return {
    takenAt: takenAt.toISOString(),
    upstream: { id, label, apiBase },
    login: login.ok ? 'accepted' : login.code,
    adminTokenEndsAt: login.ok ? login.value.expiresAt.toISOString() : null,
    configuration: reading?.live.ok ? toDto(reading.live.value, takenAt) : null,
    reading: !reading || reading.live.ok ? null : reading.live.code,
    skewMs: reading?.skewMs ?? null,
    knownAs: await findByClientId(organizationId, { clientId, upstreamId }),
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
