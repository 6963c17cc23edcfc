import 'server-only'
import { recordAudit } from '../audit/record-audit'
import type { Transaction } from '../db'
import type { Letter } from '../generated/prisma/client'
import type { ApiConfiguration } from '../octorate/api-configuration'

interface Live {
  readonly apiClientId: string
  readonly organizationId: string
  readonly configuration: ApiConfiguration
  readonly now: Date
}

/** Marks the letters whose wish Octorate's configuration shows as fulfilled. */
export async function settleLetters(tx: Transaction, { apiClientId, organizationId, configuration, now }: Live): Promise<void> {
  const open = await tx.letter.findMany({ where: { apiClientId, organizationId, state: { not: 'seen_live' } } })
  for (const letter of open.filter((each) => isFulfilled(each, configuration))) {
    await tx.letter.updateMany({ where: { id: letter.id, organizationId }, data: { state: 'seen_live', seenLiveAt: now } })
    await recordAudit(tx, {
      action: 'letter.seen_live', outcome: 'success', organizationId, actor: { kind: 'system' },
      target: { kind: 'letter', id: letter.id }, detail: { kind: letter.kind }, at: now,
    })
  }
}

/** Secrets and tokens cannot be seen in a configuration. */
function isFulfilled({ kind, redirectUris }: Letter, configuration: ApiConfiguration): boolean {
  if (kind === 'production') return configuration.environment === 'PRODUCTION'
  const live = configuration.redirectUris
  return kind === 'redirect_uris' && live !== null && live.length === redirectUris.length && redirectUris.every((uri) => live.includes(uri))
}
