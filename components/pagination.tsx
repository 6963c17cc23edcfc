'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './ui/button'
import { ButtonLink } from './ui/button-link'
import { cn } from './ui/cn'

/** Where a page is: an address, an act, or nothing when there is none. */
export type PageTarget = { href: string } | { onSelect: () => void } | null

export type PaginationLabels = { pages: string; previous: string; next: string }

const LABELS: PaginationLabels = { pages: 'Pages', previous: 'Previous', next: 'Next' }

export type PaginationProps = {
  previous: PageTarget
  next: PageTarget
  /** "50 of 1,204 connections". */
  summary?: ReactNode
  labels?: Partial<PaginationLabels> | undefined
  className?: string | undefined
}

/** Back and forth through a list that has no page numbers. */
export function Pagination({ previous, next, summary, labels, className }: PaginationProps) {
  const words = { ...LABELS, ...labels }
  return (
    <nav
      data-slot="pagination"
      aria-label={words.pages}
      className={cn('flex flex-wrap items-center justify-between gap-x-4 gap-y-2', className)}
    >
      <p className="text-[0.8125rem] text-muted tabular-nums">{summary}</p>
      <div className="flex gap-2">
        <Step target={previous}>
          <ChevronLeft aria-hidden />
          {words.previous}
        </Step>
        <Step target={next}>
          {words.next}
          <ChevronRight aria-hidden />
        </Step>
      </div>
    </nav>
  )
}

function Step({ target, children }: { target: PageTarget; children: ReactNode }) {
  if (target !== null && 'href' in target) {
    return (
      <ButtonLink href={target.href} size="sm">
        {children}
      </ButtonLink>
    )
  }
  return (
    <Button size="sm" disabled={target === null} onClick={target?.onSelect}>
      {children}
    </Button>
  )
}
