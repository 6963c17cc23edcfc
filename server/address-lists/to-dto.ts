import 'server-only'
import { REVIEW_DAYS, type Finding, type ListEntry } from '@/contracts/address-lists'
import { canonicalBlock } from '@/lib/net/canonical-block'
import { cidrSize, formatCidrBlock } from '@/lib/net/cidr-block'
import { findFindings, type ListFinding } from '@/lib/net/find-findings'
import { makeAddressMatcher } from '@/lib/net/make-address-matcher'
import { coveredRanges } from '@/lib/net/merge-blocks'
import { formatIpv4 } from '@/lib/net/parse-ipv4'
import { parseIpAddress } from '@/lib/net/parse-ip-address'
import { getRuntime } from '../runtime'
import { findNames } from '../users/find-names'
import { blocksOf } from './entry-draft'
import type { ListActor } from './list-actor'
import { proposeMerge } from './propose-merge'
import type { HeldList } from './read-list'

const DAY_MS = 24 * 60 * 60_000

interface Seen {
  readonly address: string
  readonly lastAt: Date
}

/**
 * A list with all that there is to say about it.
 *
 * @param seen who came in the last REVIEW_DAYS days; null where nobody can know
 */
export async function toListDto(list: HeldList | null, who: Pick<ListActor, 'organizationId' | 'context'>, seen: readonly Seen[] | null) {
  const entries = list?.entries ?? []
  const blocks = blocksOf(entries)
  const findings = findFindings(blocks)
  const matcher = makeAddressMatcher(blocks)
  const people = await findNames(who.organizationId, entries.flatMap(({ createdByUserId, reviewedByUserId }) => [createdByUserId, reviewedByUserId]))
  const longAgo = getRuntime().clock().getTime() - REVIEW_DAYS * DAY_MS
  const lastSeen = seen && lastSeenBy(seen, (address) => placeOf(matcher, address))
  const ranges = coveredRanges(blocks)
  const proposal = proposeMerge(entries)
  const { address } = who.context
  const own = placeOf(matcher, address)
  return {
    revision: list?.revision ?? 0,
    entries: entries.map((entry, index): ListEntry => {
      const seenAt = lastSeen?.get(index) ?? null
      return {
        id: entry.id, line: index + 1, block: entry.block, comment: entry.comment, owner: entry.owner,
        addressCount: cidrSize(canonicalBlock(entry.block)),
        expiresAt: entry.expiresAt?.toISOString() ?? null,
        createdAt: entry.createdAt.toISOString(), createdBy: people.get(entry.createdByUserId ?? '') ?? null,
        reviewedAt: entry.reviewedAt?.toISOString() ?? null, reviewedBy: people.get(entry.reviewedByUserId ?? '') ?? null,
        isReviewDue: (entry.reviewedAt ?? entry.createdAt).getTime() < longAgo,
        lastSeenAt: seenAt?.toISOString() ?? null,
        isUnused: lastSeen !== null && seenAt === null && entry.createdAt.getTime() < longAgo,
        findings: (findings[index] ?? []).map(toFinding),
      }
    }),
    coverage: {
      addressCount: ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0),
      ranges: ranges.map(({ first, last }) => ({ first, last, firstAddress: formatIpv4(first), lastAddress: formatIpv4(last) })),
      isEverything: ranges.some(({ first, last }) => formatIpv4(first) === '0.0.0.0' && formatIpv4(last) === '255.255.255.255'),
    },
    mergeProposal: proposal && {
      blocks: proposal.map(({ block }) => block),
      merges: proposal
        .filter(({ block, places }) => places.length > 1 || !entries.some((entry) => entry.block === block))
        .map(({ block, places }) => ({ block, lines: places.map((place) => place + 1) })),
    },
    yourAddress: parseIpAddress(address).ok ? address : null,
    yourLine: own < 0 ? null : own + 1,
  }
}

export function toFinding(finding: ListFinding): Finding {
  return { otherLine: null, count: null, merged: null, reserved: null, ...finding }
}

/** Index of the entry that an address as text belongs to; -1 for none. */
export function placeOf({ find }: ReturnType<typeof makeAddressMatcher>, address: string): number {
  const parsed = parseIpAddress(address)
  return parsed.ok && parsed.address.version === 4 ? find(parsed.address.value) : -1
}

export const blockTexts = (list: Pick<HeldList, 'entries'> | null) => blocksOf(list?.entries ?? []).map(formatCidrBlock)

function lastSeenBy(seen: readonly Seen[], find: (address: string) => number): ReadonlyMap<number, Date> {
  const latest = new Map<number, Date>()
  for (const { address, lastAt } of seen) {
    const place = find(address)
    const known = latest.get(place)
    if (!known || known < lastAt) latest.set(place, lastAt)
  }
  return latest
}
