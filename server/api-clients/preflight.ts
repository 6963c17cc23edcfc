import 'server-only'
import type { CheckId, Preflight } from '@/contracts/api-clients'
import { explainNearMiss } from '@/lib/oauth/explain-near-miss'
import { checkRedirectUri } from '@/lib/oauth/redirect-uri-rules'
import { parseHttpDate } from '@/lib/time/parse-http-date'
import { isStale, withAdminToken } from '../admin-tokens/with-admin-token'
import type { AdminToken } from '../crypto/tokens'
import type { ApiClient } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { isUpstreamError } from '../http/from-upstream'
import type { ApiConfiguration } from '../octorate/api-configuration'
import { UpstreamRefusal } from '../octorate/errors/upstream-refusal'
import { processConfigurationResponse, readConfigurationRequest } from '../octorate/read-configuration'
import { requireApiClient } from './find-api-client'
import { findUpstream } from './list-upstreams'
import { openGateway } from './open-gateway'
import { redirectUriOf } from './redirect-uri'

const TOLERATED_SKEW_MS = 5_000
const FATAL_SKEW_MS = 5 * 60_000

type Check = Preflight['checks'][number]
interface Live {
  readonly configuration: ApiConfiguration | null
  readonly skewMs: number | null
}
const NOTHING_READ: Live = { configuration: null, skewMs: null }

/**
 * Looks at what would make a connect fail, before the browser leaves: addresses, the redirect URI's form and whether
 * Octorate has it, id and secret, environment, and our clock against Octorate's.
 */
export async function preflightApiClient(actor: Actor, id: string): Promise<Preflight> {
  const row = await requireApiClient(actor.viewer, id)
  const { redirectUri, mode } = redirectUriOf(row)
  const upstream = findUpstream(row.upstreamId)
  if (!upstream) return summarise([fail('upstream', 'not_configured')], redirectUri, mode)
  const { check, live } = await askOctorate(actor, row)
  const checks = [
    pass('upstream', { label: upstream.label }),
    checkRule(redirectUri, upstream.sandbox),
    check,
    checkRegistered(redirectUri, live.configuration),
    checkEnvironment(row.environment, live.configuration),
    checkClock(live.skewMs),
  ]
  return summarise(checks, redirectUri, mode)
}

function summarise(checks: Check[], redirectUri: string, mode: Preflight['mode']): Preflight {
  return { ready: checks.every((entry) => entry.result !== 'fail'), mode, redirectUri, checks }
}

/** Reads the configuration with the stored admin token; logs in only when none is held, or it is refused. */
async function askOctorate({ viewer, context }: Actor, row: ApiClient): Promise<{ check: Check; live: Live }> {
  try {
    return await withAdminToken(row, { actor: { kind: 'user', id: viewer.userId }, context }, async (token, isNew) => ({
      live: await readLive(row, token),
      check: isNew ? { ...pass('admin_token'), reason: 'obtained' } : pass('admin_token'),
    }))
  } catch (error) {
    const isRefused = error instanceof AppError && error.code === 'api_client_refused'
    if (isRefused) return { check: fail('admin_token', 'refused'), live: NOTHING_READ }
    if (!isUpstreamError(error)) throw error
    return { check: warn('admin_token', error instanceof UpstreamRefusal ? error.kind : 'unreachable'), live: NOTHING_READ }
  }
}

/** What Octorate says now; nothing when it can't be asked. @throws UpstreamRefusal of the token itself */
async function readLive(row: ApiClient, adminToken: AdminToken): Promise<Live> {
  const { transport, urls } = openGateway(row)
  try {
    const answer = await transport(readConfigurationRequest({ url: urls.configuration, adminToken }))
    const upstreamNow = parseHttpDate(answer.headers.date)
    const midway = (answer.sentAt.getTime() + answer.receivedAt.getTime()) / 2
    return {
      // A Date header has whole seconds: half a second on average is lost.
      skewMs: upstreamNow && Math.round(midway - upstreamNow.getTime() - 500),
      configuration: processConfigurationResponse(answer),
    }
  } catch (error) {
    if (isUpstreamError(error) && !isStale(error)) return NOTHING_READ
    throw error
  }
}

function checkRule(redirectUri: string, allowLoopbackHttp: boolean): Check {
  const [finding] = checkRedirectUri(redirectUri, { allowLoopbackHttp })
  const isSandboxHere = finding?.code === 'loopback' && allowLoopbackHttp
  if (!finding || isSandboxHere) return pass('redirect_uri_rule')
  return (finding.level === 'error' ? fail : warn)('redirect_uri_rule', finding.code, { uri: redirectUri })
}

function checkRegistered(redirectUri: string, configuration: ApiConfiguration | null): Check {
  if (!configuration?.redirectUris) return warn('redirect_uri_registered', 'not_checked')
  const match = explainNearMiss(redirectUri, configuration.redirectUris)
  if (match.matches) return pass('redirect_uri_registered')
  if (!match.closest) return fail('redirect_uri_registered', 'not_registered', { sent: redirectUri })
  const isNear = !['host', 'other', 'path'].includes(match.difference)
  return fail('redirect_uri_registered', isNear ? 'near_miss' : 'not_registered', {
    sent: redirectUri, nearest: match.closest, position: String(match.position), difference: match.difference,
  })
}

function checkEnvironment(ours: string, configuration: ApiConfiguration | null): Check {
  if (!configuration?.environment) return warn('environment', 'not_checked')
  const theirs = configuration.environment
  return ours === theirs ? pass('environment', { ours }) : fail('environment', 'differs', { ours, theirs })
}

function checkClock(skewMs: number | null): Check {
  if (skewMs === null) return warn('clock', 'not_checked')
  const seconds = String(Math.round(skewMs / 1000))
  if (Math.abs(skewMs) <= TOLERATED_SKEW_MS) return pass('clock', { seconds })
  return (Math.abs(skewMs) > FATAL_SKEW_MS ? fail : warn)('clock', 'skewed', { seconds })
}

type Values = Check['values']
const pass = (id: CheckId, values: Values = {}): Check => ({ id, result: 'pass', reason: 'ok', values })
const warn = (id: CheckId, reason: string, values: Values = {}): Check => ({ id, result: 'warn', reason, values })
const fail = (id: CheckId, reason: string, values: Values = {}): Check => ({ id, result: 'fail', reason, values })
