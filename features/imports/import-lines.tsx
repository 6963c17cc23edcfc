'use client'

import { useQueries } from '@tanstack/react-query'
import { useState, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { FilterSelect } from '@/components/filter-select'
import { Card, CardAction, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { IMPORT_LINE_STATES, type ImportDetail, type ImportLineDto, type ImportLineState } from '@/contracts/imports'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemState } from '../problem-state'
import { LineOutcome } from './line-outcome'
import { importQueries, isMoving, LINES_PER_PAGE } from './queries'
import { VirtualRows } from './virtual-rows'

/** Every line of an import with what became of it; only the pages that are seen are asked for. */
export function ImportLines({ detail, now }: { detail: ImportDetail; now: string }) {
  const t = useTranslations('imports')
  const [state, setState] = useState<ImportLineState>()
  const [seen, setSeen] = useState({ first: 0, last: 0 })
  const count = state === undefined ? detail.total : detail.counts[state]
  const [from, to] = [Math.floor(seen.first / LINES_PER_PAGE), Math.floor(Math.max(seen.last, seen.first) / LINES_PER_PAGE)]
  const wanted = Array.from({ length: to - from + 1 }, (_none, index) => from + index)
  const results = useQueries({ queries: wanted.map((page) => importQueries.lines(detail.id, { state, page, isMoving: isMoving(detail) })) })
  const failed = results.find(({ error, data }) => error !== null && data === undefined)
  // Never on the server: what the rows are placed by would be a style attribute there, which the policy forbids. Once
  // there they stay: rows that are not loaded yet must not take away the place to which somebody scrolled.
  const isInBrowser = useSyncExternalStore(noChange, () => true, () => false)
  const lineAt = (index: number): ImportLineDto | undefined => {
    const result = results[Math.floor(index / LINES_PER_PAGE) - from]
    return result?.isPlaceholderData ? undefined : result?.data?.items[index % LINES_PER_PAGE]
  }
  const filter = (chosen: string) => {
    setSeen({ first: 0, last: 0 })
    setState(IMPORT_LINE_STATES.find((known) => known === chosen))
  }
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('detail.lines')}</CardTitle>
        <CardAction>
          <FilterSelect
            label={t('detail.show')}
            value={state ?? 'all'}
            onChange={filter}
            options={[
              { value: 'all', label: t('detail.all') },
              ...IMPORT_LINE_STATES.map((known) => ({ value: known, label: `${t(`lineState.${known}`)} (${detail.counts[known]})` })),
            ]}
          />
        </CardAction>
      </CardHeader>
      {failed && <ProblemState error={failed.error} variant="inline" onRetry={() => void failed.refetch()} retrying={failed.isFetching} className="mx-4 mb-4" />}
      {count === 0 && <p className="px-4 py-10 text-center text-muted">{t('detail.none')}</p>}
      {count > 0 && !isInBrowser && !failed && <LinesSkeleton />}
      {count > 0 && isInBrowser && (
        <VirtualRows
          key={state ?? 'all'}
          label={t('detail.lines')}
          head={[t('detail.line'), t('detail.property'), t('detail.token'), t('detail.outcome')]}
          count={count}
          rowKey={(index) => index}
          onRange={(first, last) => setSeen((before) => (before.first === first && before.last === last ? before : { first, last }))}
          row={(index) => {
            const line = lineAt(index)
            return line && [line.number, <About key="about" line={line} />, <Tail key="tail" line={line} />, <LineOutcome key="outcome" line={line} now={now} />]
          }}
        />
      )}
    </Card>
  )
}

const noChange = () => () => undefined

function LinesSkeleton() {
  return (
    <CardContent aria-busy className="flex flex-col gap-5">
      {Array.from({ length: 5 }, (_none, index) => (
        <Skeleton key={index} className={index % 2 === 0 ? 'w-full' : 'w-2/3'} />
      ))}
    </CardContent>
  )
}

function About({ line }: { line: ImportLineDto }) {
  const t = useTranslations('imports.detail')
  return (
    <>
      <p className="truncate font-medium">{line.propertyId ?? <span className="text-muted">{t('noProperty')}</span>}</p>
      {line.name !== null && <p className="truncate text-muted">{showInvisible(line.name)}</p>}
    </>
  )
}

function Tail({ line }: { line: ImportLineDto }) {
  const t = useTranslations('imports.detail')
  if (line.tokenLast4 === '') return null
  return <span className="font-mono text-[0.8125rem] text-muted">{t('tokenEnd', { last4: line.tokenLast4 })}</span>
}
