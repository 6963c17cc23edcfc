'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { KEY_COLUMNS } from '@/lib/key-migrations/key-columns'
import { readCells } from '@/lib/text/read-cells'
import { showInvisible } from '@/lib/text/show-invisible'
import { ColumnsPreview } from './columns-preview'
import type { KeyFile } from './use-key-file'

const SHOWN = 4

/** Which column holds what: told by the heading, or chosen by hand with the first lines in view. */
export function ColumnsCard({ file }: { file: KeyFile }) {
  const t = useTranslations('keyMigrations.new.columns')
  const { layout, columns, hasHeading, head } = file
  const rows = useMemo(() => (layout ? readCells(head, layout.delimiter).slice(0, SHOWN + 1) : []), [head, layout])
  if (!layout) {
    return (
      <Card>
        <CardHeader>
          <CardTitle>{t('title')}</CardTitle>
          <CardDescription>{t('waiting')}</CardDescription>
        </CardHeader>
      </Card>
    )
  }
  const width = Math.max(...rows.map(({ cells }) => cells.length))
  const nameOf = (column: number) => {
    const heading = showInvisible(file.headings[column] ?? '', 40)
    return heading === '' ? t('option', { number: column + 1 }) : t('optionNamed', { number: column + 1, name: heading })
  }
  const error = columns.key !== null && columns.key === columns.propertyId ? t('same') : undefined
  const isMissing = columns.key === null || columns.propertyId === null
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{isMissing ? t('needed') : t('known')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-3">
          {KEY_COLUMNS.map((column) => (
            <Field key={column} label={t(column)} error={column === 'propertyId' ? error : undefined}>
              <Select
                name={`column-${column}`}
                value={columns[column] ?? ''}
                onChange={({ target }) => file.wish({ ...columns, [column]: target.value === '' ? null : Number(target.value) })}
              >
                <option value="">{column === 'name' ? t('none') : t('choose')}</option>
                {Array.from({ length: width }, (_none, index) => (
                  <option key={index} value={index}>
                    {nameOf(index)}
                  </option>
                ))}
              </Select>
            </Field>
          ))}
        </div>
        <Checkbox label={t('heading')} checked={hasHeading} onChange={({ target }) => file.wish({ hasHeading: target.checked })} />
      </CardContent>
      <ColumnsPreview rows={rows.slice(hasHeading ? 1 : 0).slice(0, SHOWN)} width={width} columns={columns} nameOf={nameOf} />
    </Card>
  )
}
