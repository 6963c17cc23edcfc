import type { Transaction } from '../db'

interface IpLetter {
  readonly organizationId: string
  readonly apiClientId: string
  readonly userId: string
  readonly blocks: readonly string[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly now: Date
}

/** The letter of a version of the IP whitelist. Its audit event is the version's. @returns its id */
export async function writeIpLetter(tx: Transaction, { organizationId, apiClientId, userId, blocks, added, removed, now }: IpLetter): Promise<string> {
  const { id } = await tx.letter.create({
    data: {
      organizationId, apiClientId, kind: 'ip_whitelist', redirectUris: [], blocks: [...blocks], addedBlocks: [...added], removedBlocks: [...removed],
      draftedAt: now, draftedByUserId: userId,
    },
  })
  return id
}
