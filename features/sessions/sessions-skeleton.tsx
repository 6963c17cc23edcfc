'use client'

import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { PageHeader } from '@/components/page-header'
import { useSessionColumns } from './use-session-columns'

/** The list before its data: the same header, and rows of the same shape. */
export function SessionsSkeleton() {
  const t = useTranslations('sessions')
  const columns = useSessionColumns(NO_INSTANT)
  return (
    <>
      <PageHeader breadcrumb={[{ label: t('settings') }, { label: t('title') }]} title={t('title')} description={t('description')} />
      <DataTable
        caption={t('caption')}
        columns={columns}
        rows={[]}
        rowId={(row) => row.id}
        isLoading
        skeletonRows={3}
        labels={{ loading: t('loading') }}
      />
    </>
  )
}

/** Stand-ins show no time. */
const NO_INSTANT = '1970-01-01T00:00:00.000Z'
