import 'server-only'
import type { Transaction } from '../db'
import { announce } from '../events/announce'

/** Low below a tenth of what was seen within a day; well again only above a fifth, and after ten minutes. */
const LOW_SHARE = 0.1
const WELL_SHARE = 0.2
/** Of a quota of a few calls a tenth says nothing. */
const LEAST_MOST = 10
const LEAST_LOW_MS = 10 * 60_000
/** Of a quota that is refilled every few minutes, an older reading says nothing. */
const FRESH_MS = 5 * 60_000

/** Announces API clients whose quota is nearly used up, once until it has recovered. */
export async function tellLowQuotas(tx: Transaction, now: Date): Promise<boolean> {
  const since = (ms: number) => new Date(now.getTime() - ms)
  const fell = await tx.$queryRaw<{ api_client_id: string }[]>`
    UPDATE quota_readings SET low_since = ${now}
    WHERE low_since IS NULL AND read_at > ${since(FRESH_MS)} AND ((most >= ${LEAST_MOST} AND remaining < most * ${LOW_SHARE}::float) OR refused_at > ${since(FRESH_MS)})
    RETURNING api_client_id`
  await tx.$executeRaw`
    UPDATE quota_readings SET low_since = NULL
    WHERE low_since < ${since(LEAST_LOW_MS)} AND (refused_at IS NULL OR refused_at < ${since(LEAST_LOW_MS)})
      AND (remaining > most * ${WELL_SHARE}::float OR read_at < ${since(LEAST_LOW_MS)})`
  if (fell.length === 0) return false
  const ids = fell.map(({ api_client_id: id }) => id)
  const [apiClients, readings] = [
    await tx.apiClient.findMany({ where: { id: { in: ids }, deletedAt: null } }),
    await tx.quotaReading.findMany({ where: { apiClientId: { in: ids } } }),
  ]
  const byId = new Map(readings.map((reading) => [reading.apiClientId, reading]))
  await announce(
    tx,
    apiClients.map(({ id, organizationId, name, environment }) => ({
      type: 'quota.low' as const, organizationId, name, at: now,
      about: { kind: 'api_client', id },
      data: { apiClient: { id, name, environment }, remaining: byId.get(id)?.remaining ?? null, most: byId.get(id)?.most ?? null },
    })),
  )
  return false
}
