'use client'

import type { QueryKey, UseQueryOptions } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { FilterSelect } from '@/components/filter-select'
import { RowsSkeleton } from '@/components/rows-skeleton'
import { Card, CardAction, CardHeader, CardTitle } from '@/components/ui/card'
import { useIsInBrowser } from '@/components/use-is-in-browser'
import { VirtualRows } from '@/components/virtual-rows'
import { ProblemState } from './problem-state'
import { useLastLook } from './use-last-look'
import { usePagedRows } from './use-paged-rows'

interface Lines<S extends string, P extends { readonly items: readonly unknown[] }, K extends readonly unknown[]> {
  readonly texts: { readonly title: string; readonly show: string; readonly all: string; readonly none: string; readonly state: (state: S) => string }
  readonly states: readonly S[]
  readonly total: number
  readonly counts: Readonly<Record<S, number>>
  /** Whether lines may still change by themselves. */
  readonly isMoving: boolean
  readonly perPage: number
  readonly query: (state: S | undefined, page: number) => UseQueryOptions<P, Error, P, K>
  /** Of all pages, whatever the filter. */
  readonly queryKey: QueryKey
  readonly head: readonly string[]
  readonly cells: (line: P['items'][number]) => readonly ReactNode[]
}

/** Every line of a long act with what became of it; only the pages that are seen are asked for. */
export function LinesCard<S extends string, P extends { readonly items: readonly unknown[] }, K extends readonly unknown[]>(lines: Lines<S, P, K>) {
  const { texts, states, total, counts, isMoving, perPage, query, queryKey, head, cells } = lines
  const [state, setState] = useState<S>()
  const count = state === undefined ? total : counts[state]
  const { rowAt, onRange, restart, failed } = usePagedRows(perPage, (page) => query(state, page))
  useLastLook(isMoving, queryKey)
  const isInBrowser = useIsInBrowser()
  const filter = (chosen: string) => {
    restart()
    setState(states.find((known) => known === chosen))
  }
  return (
    <Card>
      <CardHeader>
        <CardTitle>{texts.title}</CardTitle>
        <CardAction>
          <FilterSelect
            label={texts.show}
            value={state ?? 'all'}
            onChange={filter}
            options={[{ value: 'all', label: texts.all }, ...states.map((known) => ({ value: known, label: `${texts.state(known)} (${counts[known]})` }))]}
          />
        </CardAction>
      </CardHeader>
      {failed && <ProblemState error={failed.error} variant="inline" onRetry={() => void failed.refetch()} retrying={failed.isFetching} className="mx-4 mb-4" />}
      {count === 0 && <p className="px-4 py-10 text-center text-muted">{texts.none}</p>}
      {count > 0 && !isInBrowser && !failed && <RowsSkeleton />}
      {count > 0 && isInBrowser && (
        <VirtualRows
          key={state ?? 'all'}
          label={texts.title}
          head={head}
          count={count}
          rowKey={(index) => index}
          onRange={onRange}
          row={(index) => {
            const line = rowAt(index)
            return line === undefined ? undefined : cells(line)
          }}
        />
      )}
    </Card>
  )
}
