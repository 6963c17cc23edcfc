import type { CidrBlock } from '@/lib/net/cidr-block'
import { canonicalBlock } from '@/lib/net/canonical-block'
import type { AddressEntry } from '../generated/prisma/client'

/** An entry as a change wants it; `id` is null for a new one. */
export interface EntryDraft {
  readonly id: string | null
  readonly block: string
  readonly comment: string
  readonly owner: string
  readonly expiresAt: Date | null
}

export function toDraft({ id, block, comment, owner, expiresAt }: AddressEntry): EntryDraft {
  return { id, block, comment, owner, expiresAt }
}

export function blocksOf(entries: readonly { readonly block: string }[]): CidrBlock[] {
  return entries.map(({ block }) => canonicalBlock(block))
}
