'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FilterSelect } from '@/components/filter-select'
import { RowsSkeleton } from '@/components/rows-skeleton'
import { Card, CardAction, CardHeader, CardTitle } from '@/components/ui/card'
import { useIsInBrowser } from '@/components/use-is-in-browser'
import { VirtualRows } from '@/components/virtual-rows'
import { KEY_LINE_STATES, type KeyLine, type KeyLineState, type KeyMigration } from '@/contracts/key-migrations'
import { ProblemState } from '../problem-state'
import { useLastLook } from '../use-last-look'
import { usePagedRows } from '../use-paged-rows'
import { LineOutcome } from './line-outcome'
import { AboutProperty, OldKeyTail } from './old-key-cells'
import { isMoving, keyMigrationQueries, ROWS_PER_PAGE } from './queries'

/** Every line of a migration with what became of it; only the pages that are seen are asked for. */
export function MigrationLines({ detail, now }: { detail: KeyMigration; now: string }) {
  const t = useTranslations('keyMigrations')
  const [state, setState] = useState<KeyLineState>()
  const count = state === undefined ? detail.total : detail.counts[state]
  const { rowAt, onRange, restart, failed } = usePagedRows(ROWS_PER_PAGE, (page) =>
    keyMigrationQueries.lines(detail.id, { state, page, isMoving: isMoving(detail) }),
  )
  useLastLook(isMoving(detail), keyMigrationQueries.allLines(detail.id))
  const isInBrowser = useIsInBrowser()
  const filter = (chosen: string) => {
    restart()
    setState(KEY_LINE_STATES.find((known) => known === chosen))
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
              ...KEY_LINE_STATES.map((known) => ({ value: known, label: `${t(`lineState.${known}`)} (${detail.counts[known]})` })),
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
          head={[t('detail.line'), t('detail.property'), t('detail.key'), t('detail.outcome')]}
          count={count}
          rowKey={(index) => index}
          onRange={onRange}
          row={(index) => {
            const line = rowAt(index)
            return (
              line && [
                line.number,
                <AboutProperty key="about" propertyId={line.propertyId} name={line.name} />,
                <OldKey key="key" line={line} />,
                <LineOutcome key="outcome" line={line} apiClient={detail.apiClient} now={now} />,
              ]
            )
          }}
        />
      )}
    </Card>
  )
}

function OldKey({ line: { keyLast4, oldKeyState } }: { line: KeyLine }) {
  const t = useTranslations('keyMigrations')
  return (
    <div className="text-[0.8125rem] text-muted">
      <OldKeyTail last4={keyLast4} />
      <p className="truncate">{t(`oldKeyState.${oldKeyState}`)}</p>
    </div>
  )
}
