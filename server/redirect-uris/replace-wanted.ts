import 'server-only'
import type { RedirectUriChange } from '@/lib/oauth/redirect-uri-list'
import type { Transaction } from '../db'

interface Replaced extends RedirectUriChange {
  readonly apiClientId: string
  readonly organizationId: string
  readonly userId: string | null
  readonly now: Date
}

/** Adds and removes wanted addresses; those that are there keep their notes. */
export async function replaceWanted(tx: Transaction, { apiClientId, organizationId, userId, add, remove, now }: Replaced): Promise<void> {
  await tx.wantedRedirectUri.deleteMany({ where: { apiClientId, organizationId, uri: { in: remove.filter((uri) => !add.includes(uri)) } } })
  await tx.wantedRedirectUri.createMany({
    data: add.map((uri) => ({ organizationId, apiClientId, uri, createdByUserId: userId, createdAt: now })),
    skipDuplicates: true,
  })
}
