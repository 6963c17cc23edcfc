import type { Campaign } from '../generated/prisma/client'

/** A name that any file system takes. */
export function fileNameOf({ id, createdAt }: Pick<Campaign, 'id' | 'createdAt'>, what: string): string {
  return `campaign-${createdAt.toISOString().slice(0, 10)}-${id.slice(-6)}-${what}.csv`
}
