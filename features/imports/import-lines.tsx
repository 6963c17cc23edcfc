'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FilterSelect } from '@/components/filter-select'
import { RowsSkeleton } from '@/components/rows-skeleton'
import { Card, CardAction, CardHeader, CardTitle } from '@/components/ui/card'
import { useIsInBrowser } from '@/components/use-is-in-browser'
import { VirtualRows } from '@/components/virtual-rows'
import { IMPORT_LINE_STATES, type ImportDetail, type ImportLineDto, type ImportLineState } from '@/contracts/imports'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemState } from '../problem-state'
import { useLastLook } from '../use-last-look'
import { usePagedRows } from '../use-paged-rows'
import { LineOutcome } from './line-outcome'
import { importQueries, isMoving, LINES_PER_PAGE } from './queries'

/** Every line of an import with what became of it; only the pages that are seen are asked for. */
export function ImportLines({ detail, now }: { detail: ImportDetail; now: string }) {
  const t = useTranslations('imports')
  const [state, setState] = useState<ImportLineState>()
  const count = state === undefined ? detail.total : detail.counts[state]
  const { rowAt, onRange, restart, failed } = usePagedRows(LINES_PER_PAGE, (page) =>
    importQueries.lines(detail.id, { state, page, isMoving: isMoving(detail) }),
  )
  useLastLook(isMoving(detail), importQueries.allLines(detail.id))
  const isInBrowser = useIsInBrowser()
  const filter = (chosen: string) => {
    restart()
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
      {count > 0 && !isInBrowser && !failed && <RowsSkeleton />}
      {count > 0 && isInBrowser && (
        <VirtualRows
          key={state ?? 'all'}
          label={t('detail.lines')}
          head={[t('detail.line'), t('detail.property'), t('detail.token'), t('detail.outcome')]}
          count={count}
          rowKey={(index) => index}
          onRange={onRange}
          row={(index) => {
            const line = rowAt(index)
            return line && [line.number, <About key="about" line={line} />, <Tail key="tail" line={line} />, <LineOutcome key="outcome" line={line} now={now} />]
          }}
        />
      )}
    </Card>
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
