import { useTranslations } from 'use-intl'
import { ScrollRegion } from '@/components/scroll-region'
import { cn } from '@/components/ui/cn'
import { KEY_COLUMNS, type KeyColumn } from '@/lib/key-migrations/key-columns'
import type { CellRow } from '@/lib/text/cell-reader'
import { showInvisible } from '@/lib/text/show-invisible'
import { mayBeKey } from './may-be-key'

type ColumnsPreviewProps = {
  rows: readonly CellRow[]
  width: number
  columns: { readonly [C in KeyColumn]: number | null }
  nameOf: (column: number) => string
}

const LONGEST_CELL = 40

/** The first lines of a file; whatever may be a key shows its last four characters only. */
export function ColumnsPreview({ rows, width, columns, nameOf }: ColumnsPreviewProps) {
  const t = useTranslations('keyMigrations.new.columns')
  const meaningOf = (place: number) => KEY_COLUMNS.find((column) => columns[column] === place)
  const places = Array.from({ length: width }, (_none, index) => index)
  return (
    <ScrollRegion label={t('preview')} className="border-t">
      <table aria-label={t('preview')} className="w-full text-[0.8125rem]">
        <thead className="border-b bg-sunken">
          <tr>
            {places.map((place) => {
              const meaning = meaningOf(place)
              return (
                <th key={place} scope="col" className={cn('px-4 py-2 text-left align-top font-medium whitespace-nowrap', meaning ? 'text-accent-text' : 'text-muted')}>
                  {meaning ? t(meaning) : nameOf(place)}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ number, cells }) => (
            <tr key={number} className="border-b last:border-b-0">
              {places.map((place) => (
                <td key={place} className="max-w-64 truncate px-4 py-2">
                  <Cell text={cells[place]?.trim() ?? ''} isKey={columns.key === place} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Cell({ text, isKey }: { text: string; isKey: boolean }) {
  const t = useTranslations('keyMigrations.new.columns')
  if (text === '' || !(isKey || mayBeKey(text))) return showInvisible(text, LONGEST_CELL)
  return <span className="font-mono text-muted">{t('hidden', { last4: text.length < 12 ? '…' : showInvisible(text.slice(-4)) })}</span>
}
