'use client'

import { Info, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import type { Finding, ListEntry } from '@/contracts/address-lists'
import { useReservedText, type ListKind } from './use-reserved-text'

export type FindingActs = {
  /** Takes entries off the list. */
  onRemove: (entryIds: string[]) => void
  /** Shows what merging would do; null when there is nothing to merge. */
  onMerge: (() => void) | null
  busy: boolean
}

type FindingLinesProps = { entry: ListEntry; entries: readonly ListEntry[]; acts: FindingActs | null; kind: ListKind }

/** What there is to say about a line, each with the one click that settles it. */
export function FindingLines({ entry, entries, acts, kind }: FindingLinesProps) {
  const t = useTranslations('addressLists.findings')
  const reserved = useReservedText(kind)
  if (entry.findings.length === 0) return null
  return (
    <ul aria-label={t('label', { block: entry.block })} className="mt-1.5 flex flex-col gap-1">
      {entry.findings.map((finding) => {
        const Icon = isQuiet(finding) ? Info : TriangleAlert
        return (
          <li key={finding.code} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.8125rem]">
            <span className={cn('flex items-start gap-1.5', isQuiet(finding) ? 'text-muted' : 'text-warning-text')}>
              <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
              <span className="text-pretty wrap-anywhere">
                {finding.code === 'reserved'
                  ? reserved(finding.reserved)
                  : t(finding.code === 'everything' || finding.code === 'wide' ? `${finding.code}.${kind}` : finding.code, {
                      line: finding.otherLine ?? 0, count: finding.count ?? 0, merged: finding.merged ?? '',
                    })}
              </span>
            </span>
            {acts !== null && <Suggestion finding={finding} entry={entry} entries={entries} acts={acts} />}
          </li>
        )
      })}
    </ul>
  )
}

function Suggestion({ finding, entry, entries, acts }: Omit<FindingLinesProps, 'acts' | 'kind'> & { finding: Finding; acts: FindingActs }) {
  const t = useTranslations('addressLists.findings')
  const { code } = finding
  const button = (text: string, onClick: () => void) => (
    <Button size="sm" variant="ghost" disabled={acts.busy} onClick={onClick} className="-my-1">
      {text}
    </Button>
  )
  if (code === 'duplicate' || code === 'contained') return button(t('removeLine', { line: entry.line }), () => acts.onRemove([entry.id]))
  if (code === 'adjacent' && acts.onMerge !== null) return button(t('merge'), acts.onMerge)
  if (code !== 'overlapping') return null
  // Those that lie inside say so themselves, and name the widest line around them.
  const inside = entries.filter(({ findings }) => findings.some((each) => each.code === 'contained' && each.otherLine === entry.line))
  if (inside.length === 0) return null
  return button(t('removeInside', { count: inside.length }), () => acts.onRemove(inside.map(({ id }) => id)))
}

/** Merging is an offer, not a mistake. */
function isQuiet({ code }: Finding): boolean {
  return code === 'adjacent' || code === 'overlapping'
}
