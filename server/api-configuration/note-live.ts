import 'server-only'
import { applyChange, diffRedirectUris, type RedirectUriChange, type RedirectUriDiff } from '@/lib/oauth/redirect-uri-list'
import { recordAudit } from '../audit/record-audit'
import type { Transaction } from '../db'
import type { ApiClient, LiveConfiguration } from '../generated/prisma/client'
import { settleLetters } from '../letters/settle-letters'
import type { ApiConfiguration } from '../octorate/api-configuration'

const READ_AGAIN_MS = 60 * 60_000

interface Seen {
  readonly configuration: ApiConfiguration
  readonly now: Date
  /** What we have just written; null when we only read. */
  readonly ours: RedirectUriChange | null
}

/**
 * Remembers what Octorate said of an API client. Where the list differs from what we knew, but for what we wrote ourselves,
 * it has drifted: that is told, with the list before it, until somebody acts. A letter whose wish has come true is done.
 */
export async function noteLive(
  tx: Transaction,
  { id: apiClientId, organizationId }: Pick<ApiClient, 'id' | 'organizationId'>,
  { configuration, now, ours }: Seen,
): Promise<void> {
  // Two readers at once would each take the other's news for a drift.
  await tx.$queryRaw`SELECT 1 FROM live_configurations WHERE api_client_id = ${apiClientId}::uuid FOR UPDATE`
  const before = await tx.liveConfiguration.findUnique({ where: { apiClientId } })
  const redirectUris = [...(configuration.redirectUris ?? before?.redirectUris ?? [])]
  const facts = { environment: configuration.environment, redirectUris, readAt: now, nextReadAt: new Date(now.getTime() + READ_AGAIN_MS) }
  const { drift, news } = before ? driftOf(before, { redirectUris, now, ours }) : NO_DRIFT
  await tx.liveConfiguration.upsert({
    where: { apiClientId },
    create: { ...facts, apiClientId, organizationId },
    update: { ...facts, ...drift },
  })
  if (news) {
    await recordAudit(tx, {
      action: 'redirect_uri.drift_noticed', outcome: 'success', organizationId, actor: { kind: 'system' },
      target: { kind: 'api_client', id: apiClientId }, detail: { added: [...news.added], removed: [...news.removed] }, at: now,
    })
  }
  await settleLetters(tx, { apiClientId, organizationId, configuration, now })
}

const NO_DRIFT = { drift: {}, news: null }

function driftOf(before: LiveConfiguration, seen: Omit<Seen, 'configuration'> & { readonly redirectUris: readonly string[] }) {
  const { redirectUris, now, ours } = seen
  const withOurs = (list: readonly string[]) => (ours ? applyChange(list, ours) : list)
  const sinceLast = diffRedirectUris(redirectUris, withOurs(before.redirectUris))
  const news = isEmpty(sinceLast) ? null : sinceLast
  const from = withOurs(before.driftedAt ? before.driftedFrom : before.redirectUris)
  const isBack = isEmpty(diffRedirectUris(redirectUris, from))
  const drift = isBack ? { driftedAt: null, driftedFrom: [] } : { driftedAt: before.driftedAt ?? now, driftedFrom: [...from] }
  return { drift, news }
}

function isEmpty({ added, removed }: RedirectUriDiff): boolean {
  return added.length + removed.length === 0
}
