'use client'

import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { PageHeader } from '@/components/page-header'
import { usePeopleColumns } from './use-people-columns'

/** The list before its data: the same header, and rows of the same shape. */
export function PeopleSkeleton() {
  const t = useTranslations('people')
  const columns = usePeopleColumns(NO_INSTANT)
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <DataTable
        caption={t('caption')}
        columns={columns}
        rows={[]}
        rowId={({ id }) => id}
        isLoading
        skeletonRows={4}
        labels={{ loading: t('loading') }}
      />
    </>
  )
}

/** Stand-ins show no time. */
const NO_INSTANT = '1970-01-01T00:00:00.000Z'
