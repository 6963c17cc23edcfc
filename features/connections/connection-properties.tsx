'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { Alert } from '@/components/ui/alert'
import { Badge } from '@/components/ui/badge'
import type { ConnectionDetail } from '@/contracts/connections'
import { showInvisible } from '@/lib/text/show-invisible'

type Property = ConnectionDetail['properties'][number]
type Texts = ReturnType<typeof useTranslations<'connections.detail'>>

/** The properties that the token covers. */
export function ConnectionProperties({ connection }: { connection: ConnectionDetail }) {
  const t = useTranslations('connections.detail')
  const { upstreamId, isNetwork, properties, propertiesComplete } = connection
  const rootId = isNetwork ? upstreamId : null
  const columns = useMemo(() => propertyColumns(t, rootId), [t, rootId])
  return (
    <>
      {!propertiesComplete && (
        <Alert tone="warning" title={t('notAll.title', { count: properties.length })} className="mb-3">
          {t('notAll.text')}
        </Alert>
      )}
      <DataTable caption={t('sections.properties')} columns={columns} rows={properties} rowId={(row) => row.upstreamId} />
      {isNetwork && <p className="mt-2 text-[0.8125rem] text-muted">{t('wholeNetwork')}</p>}
    </>
  )
}

function propertyColumns(t: Texts, rootId: string | null): readonly DataTableColumn<Property>[] {
  return [
    {
      id: 'name',
      header: t('propertyColumns.name'),
      card: 'title',
      grow: true,
      cell: (property) => (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium wrap-anywhere">{showInvisible(property.name)}</span>
          {property.upstreamId === rootId && <Badge tone="info">{t('networkRoot')}</Badge>}
          {property.sandbox && <Badge>{t('testProperty')}</Badge>}
          {!property.linked && <Badge tone="warning">{t('notLinked')}</Badge>}
        </span>
      ),
    },
    {
      id: 'id',
      header: t('propertyColumns.id'),
      cell: (property) => <span className="font-mono text-[0.8125rem]">{showInvisible(property.upstreamId)}</span>,
    },
    {
      id: 'place',
      header: t('propertyColumns.place'),
      cell: ({ city, country }) => (
        <span className="lg:whitespace-nowrap">
          {orNone([city, country].filter((part) => part !== null && part !== '').join(', '), t('none'))}
        </span>
      ),
    },
    { id: 'currency', header: t('propertyColumns.currency'), from: 'md', cell: (property) => orNone(property.currency, t('none')) },
    { id: 'zone', header: t('propertyColumns.timeZone'), from: 'md', cell: (property) => orNone(property.timeZone, t('none')) },
  ]
}

function orNone(text: string | null, none: string): string {
  return text === null || text === '' ? none : showInvisible(text)
}
