import 'server-only'
import type { Letter } from '@/contracts/letters'
import { requireApiClient } from '../api-clients/find-api-client'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import type { Letter as Row } from '../generated/prisma/client'

const SHOWN = 20

/** The letters of an API client, the newest first. @throws AppError `not_found` */
export async function listLetters(viewer: Viewer, apiClientId: string): Promise<{ items: Letter[] }> {
  await requireApiClient(viewer, apiClientId)
  const rows = await db().letter.findMany({
    where: { apiClientId, organizationId: viewer.organizationId },
    orderBy: [{ draftedAt: 'desc' }, { id: 'desc' }],
    take: SHOWN,
  })
  return { items: rows.map(toDto) }
}

function toDto({ id, kind, redirectUris, last4, state, draftedAt, sentAt, seenLiveAt, ...row }: Row): Letter {
  return {
    id, kind, redirectUris, last4, state,
    ipList: kind === 'ip_whitelist' ? { blocks: row.blocks, added: row.addedBlocks, removed: row.removedBlocks } : null,
    draftedAt: draftedAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    seenLiveAt: seenLiveAt?.toISOString() ?? null,
  }
}
