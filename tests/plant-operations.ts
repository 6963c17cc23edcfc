import { randomUUID } from 'node:crypto'
import type { Maker, TestOrganization } from './make-organization'

interface Wish {
  readonly cause?: string
  readonly status?: number | null
  readonly call?: string
  readonly messages?: readonly string[]
  readonly agoMs?: number
}

/** A call to Octorate that was made some time ago, made by data. */
export async function plantOperation(
  { sql }: Pick<Maker, 'sql'>,
  { id: organizationId, apiClient }: Pick<TestOrganization, 'id' | 'apiClient'>,
  { cause, status = cause ? 403 : 200, call = 'refresh', messages = [], agoMs = 1_000 }: Wish = {},
): Promise<string> {
  const [id, requestId, at] = [randomUUID(), randomUUID(), new Date(Date.now() - agoMs)]
  const url = 'http://127.0.0.1/connect/rest/v1/identity/refresh'
  const exchange = {
    method: 'POST', url, requestHeaders: { accept: 'application/json' }, requestForm: { client_id: apiClient.clientId, client_secret: '••••wxyz' },
    requestJson: null, status, responseHeaders: { 'request-id': requestId }, responseBody: JSON.stringify({ messages }), startedAt: at.toISOString(), durationMs: 41,
  }
  await sql.query(
    `INSERT INTO operations (id, organization_id, api_client_id, call, method, url, at, duration_ms, status, cause, type, messages, request_id, exchange)
     VALUES ($1, $2, $3, $4, 'POST', $5, $6, 41, $7, $8, $9, $10, $11, $12)`,
    [id, organizationId, apiClient.id, call, url, at, status, cause ?? null, cause ? 'ApiSecurityException' : null, messages, requestId, JSON.stringify(exchange)],
  )
  return id
}
