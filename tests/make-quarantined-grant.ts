import { randomUUID } from 'node:crypto'
import { Secret } from '@/server/crypto/secret'
import { seal } from '@/server/crypto/seal'
import { encodeRawAnswer } from '@/server/octorate/raw-answer'
import { answerContext } from '@/server/quarantined-grants/answer-context'
import type { Maker, TestOrganization } from './make-organization'

const HEADERS = { contentType: 'application/json', requestId: null, date: null, retryAfter: null, rateLimitRemaining: null, rateLimitCost: null }

/** A consent of a property that nobody knows, put aside: made by data, with live tokens. */
export async function makeQuarantinedGrant({ sql, keys, sandbox }: Maker, { id: organizationId, apiClient, people }: TestOrganization): Promise<string> {
  const [id, authorizationId, upstreamId] = [randomUUID(), randomUUID(), randomUUID()]
  const tokens = await sandbox.grant({ ...apiClient, username: 'marco.bianchi', properties: ['324425'] })
  const now = new Date()
  const expireDate = new Date(now.getTime() + 86_400_000).toISOString()
  const body = JSON.stringify({ access_token: tokens.accessToken, refresh_token: tokens.refreshToken, expireDate })
  const answer = encodeRawAnswer({ status: 200, headers: HEADERS, body: Secret.of(body), encoding: 'utf-8', sentAt: now, receivedAt: now, durationMs: 5 })
  const network = { id: null, root: null, enabled: null }
  const property = { upstreamId, name: 'Giardino Torcello', city: 'Torcello', country: 'IT', currency: 'EUR', timeZone: 'Europe/Rome', sandboxProperty: false, network }
  await sql.query(
    `INSERT INTO authorizations (id, organization_id, api_client_id, user_id, state_digest, browser_digest, environment, redirect_uri, return_to,
       created_at, expires_at, consumed_at, finished_at, failure)
     VALUES ($1, $2, $3, $4, $5, 'none', 'SANDBOX', $6, '', now(), now(), now(), now(), 'wrong_property')`,
    [authorizationId, organizationId, apiClient.id, people.owner.id, `digest of ${id}`, apiClient.redirectUri],
  )
  await sql.query(
    `INSERT INTO quarantined_grants (id, organization_id, api_client_id, authorization_id, expected_name, expected_id, identity, name, discovery,
       answer_sealed, state, next_try_at, created_at, expires_at)
     VALUES ($1, $2, $3, $4, 'Locanda Bianchi', '324410', $5, 'Giardino Torcello', $6, $7, 'held', now() + interval '1 day', now(), now() + interval '1 day')`,
    [
      id, organizationId, apiClient.id, authorizationId, `property:${upstreamId}`, JSON.stringify({ properties: [property], isComplete: true, user: null }),
      seal(keys, answerContext(id, organizationId), answer),
    ],
  )
  return id
}
