'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FilterSelect } from '@/components/filter-select'
import { RowsSkeleton } from '@/components/rows-skeleton'
import { Card, CardAction, CardHeader, CardTitle } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/checkbox'
import { useIsInBrowser } from '@/components/use-is-in-browser'
import { VirtualRows } from '@/components/virtual-rows'
import { OLD_KEY_STATES, type OldKey, type OldKeyState } from '@/contracts/old-keys'
import { ProblemState } from '../problem-state'
import { usePagedRows } from '../use-paged-rows'
import { AboutProperty, OldKeyStateCell, OldKeyTail } from './old-key-cells'
import { OldKeysToolbar } from './old-keys-toolbar'
import { keyMigrationQueries, ROWS_PER_PAGE } from './queries'

type OldKeysCardProps = { counts: Readonly<Record<OldKeyState, number>>; now: string }

/** Every old key, some of them selected, and what can be done about those. */
export function OldKeysCard({ counts, now }: OldKeysCardProps) {
  const t = useTranslations('keyMigrations.oldKeys')
  const [state, setState] = useState<OldKeyState>()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const count = state === undefined ? counts.kept + counts.retired + counts.erased : counts[state]
  const { rowAt, onRange, restart, failed } = usePagedRows(ROWS_PER_PAGE, (page) => keyMigrationQueries.oldKeys(state, page))
  const isInBrowser = useIsInBrowser()
  const filter = (chosen: string) => {
    restart()
    setSelected(new Set())
    setState(OLD_KEY_STATES.find((known) => known === chosen))
  }
  const toggle = ({ id }: OldKey) => setSelected((before) => (before.has(id) ? new Set([...before].filter((each) => each !== id)) : new Set([...before, id])))
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('list')}</CardTitle>
        <CardAction>
          <FilterSelect
            label={t('show')}
            value={state ?? 'all'}
            onChange={filter}
            options={[{ value: 'all', label: t('all') }, ...OLD_KEY_STATES.map((known) => ({ value: known, label: `${t(`states.${known}`)} (${counts[known]})` }))]}
          />
        </CardAction>
      </CardHeader>
      <OldKeysToolbar state={state} counts={counts} selected={selected} onSelect={setSelected} />
      {failed && <ProblemState error={failed.error} variant="inline" onRetry={() => void failed.refetch()} retrying={failed.isFetching} className="mx-4 mb-4" />}
      {count === 0 && <p className="border-t px-4 py-10 text-center text-muted">{t('none')}</p>}
      {count > 0 && !isInBrowser && !failed && <RowsSkeleton />}
      {count > 0 && isInBrowser && (
        <VirtualRows
          key={state ?? 'all'}
          label={t('list')}
          head={[t('selectHead'), t('property'), t('key'), t('state')]}
          count={count}
          rowKey={(index) => index}
          onRange={onRange}
          row={(index) => {
            const oldKey = rowAt(index)
            return (
              oldKey && [
                <Checkbox
                  key="select"
                  label={<span className="sr-only">{t('select', { property: oldKey.propertyId })}</span>}
                  checked={selected.has(oldKey.id)}
                  disabled={oldKey.state === 'erased'}
                  onChange={() => toggle(oldKey)}
                />,
                <AboutProperty key="about" propertyId={oldKey.propertyId} name={oldKey.name} />,
                <OldKeyTail key="key" last4={oldKey.keyLast4} />,
                <OldKeyStateCell key="state" oldKey={oldKey} now={now} />,
              ]
            )
          }}
        />
      )}
    </Card>
  )
}
