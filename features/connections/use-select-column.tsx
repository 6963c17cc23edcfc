'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataTableColumn } from '@/components/data-table-column'
import { SelectBox } from '@/components/select-box'
import type { ConnectionSummary } from '@/contracts/connections'
import { showInvisible } from '@/lib/text/show-invisible'
import { chooseRows, shareChosen, type ChosenRows } from './chosen-rows'

export type Choosing = { chosen: ChosenRows; setChosen: (chosen: ChosenRows) => void }

/** The columns with a box in front of each row, and one in the header for the whole page. Without a choosing, the columns alone. */
export function useSelectColumn(
  columns: readonly DataTableColumn<ConnectionSummary>[],
  rows: readonly ConnectionSummary[],
  choosing: Choosing | undefined,
): readonly DataTableColumn<ConnectionSummary>[] {
  const t = useTranslations('connections.selection')
  return useMemo(() => {
    if (choosing === undefined) return columns
    const { chosen, setChosen } = choosing
    const share = shareChosen(chosen, rows)
    const choose = (some: readonly ConnectionSummary[]) => (isChosen: boolean) => setChosen(chooseRows(chosen, some, isChosen))
    return [
      {
        id: 'select',
        header: t('column'),
        hideHeader: true,
        card: 'corner',
        headerCell: <SelectBox label={t('page')} checked={share === 'all'} mixed={share === 'some'} onChange={choose(rows)} />,
        cell: (row) => <SelectBox label={t('row', { name: showInvisible(row.name) })} checked={chosen.has(row.id)} onChange={choose([row])} />,
      },
      ...columns,
    ]
  }, [columns, rows, choosing, t])
}
