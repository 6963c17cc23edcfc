import 'server-only'
import { createHmac } from 'node:crypto'
import { visitorPages } from '@/contracts/paths'
import { digest, equalInConstantTime } from '../crypto/digest'
import { requireKeys } from '../crypto/require-keys'
import { getRuntime } from '../runtime'

/** A token that follows from the id of its link by a key: 256 bits that can be made again, and are stored nowhere. */
export function tokenOf(linkId: string): string {
  return createHmac('sha256', requireKeys().derive('address of a link')).update(linkId, 'utf8').digest('base64url')
}

/** The address of a link once more; null for one whose token was drawn by lot, or made under another key. */
export function repeatAddress({ id, tokenDigest }: { readonly id: string; readonly tokenDigest: string }): string | null {
  const token = tokenOf(id)
  return equalInConstantTime(digest(token), tokenDigest) ? `${getRuntime().publicUrl}${visitorPages.link(token)}` : null
}
