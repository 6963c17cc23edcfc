import 'server-only'
import { db } from '../db'
import { classifyAnswer } from '../octorate/error-table'
import type { NotedCall } from './note-call'

interface Reading {
  readonly organizationId: string
  remaining: number | null
  most: number
  refusedAt: Date | null
  at: Date
}

/** What the answers of a group say of quotas: the last header of each API client, and when a call was refused for it. */
export async function readQuotas(calls: readonly NotedCall[]): Promise<void> {
  const readings = new Map<string, Reading>()
  for (const { apiClientId, organizationId, result } of calls) {
    if (result instanceof Error) continue
    const { status, headers, body, receivedAt } = result
    const isRefused = status >= 400 && isQuota(status, headers.contentType, body.reveal())
    if (headers.rateLimitRemaining === null && !isRefused) continue
    const known = readings.get(apiClientId) ?? { organizationId, remaining: null, most: 0, refusedAt: null, at: receivedAt }
    readings.set(apiClientId, {
      organizationId,
      remaining: headers.rateLimitRemaining ?? known.remaining,
      most: Math.max(known.most, headers.rateLimitRemaining ?? 0),
      refusedAt: isRefused ? receivedAt : known.refusedAt,
      at: receivedAt,
    })
  }
  for (const [apiClientId, reading] of readings) await write(apiClientId, reading)
}

function isQuota(status: number, contentType: string | null, bodyText: string): boolean {
  const judged = classifyAnswer({ status, contentType, bodyText })
  return judged.outcome === 'refusal' && judged.kind === 'quota'
}

/** The most that was seen stands for a day: what a quota is, Octorate does not say. */
async function write(apiClientId: string, { organizationId, remaining, most, refusedAt, at }: Reading): Promise<void> {
  await db().$executeRaw`
    INSERT INTO quota_readings (api_client_id, organization_id, remaining, most, most_at, refused_at, read_at)
    VALUES (${apiClientId}::uuid, ${organizationId}::uuid, ${remaining}, ${most}, ${at}, ${refusedAt}, ${at})
    ON CONFLICT (api_client_id) DO UPDATE SET
      remaining = excluded.remaining,
      most = CASE WHEN quota_readings.most_at < excluded.read_at - interval '1 day' THEN excluded.most ELSE greatest(quota_readings.most, excluded.most) END,
      most_at = CASE WHEN quota_readings.most_at < excluded.read_at - interval '1 day' OR excluded.most >= quota_readings.most
        THEN excluded.read_at ELSE quota_readings.most_at END,
      refused_at = coalesce(excluded.refused_at, quota_readings.refused_at),
      read_at = excluded.read_at`
}
