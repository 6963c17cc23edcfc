'use client'

import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { RowsSkeleton } from '@/components/rows-skeleton'
import { Card } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { pages } from '@/contracts/paths'

/** The list and the ledger before their data: a header and rows. */
export function MigrationsSkeleton() {
  const t = useTranslations('keyMigrations')
  return (
    <div aria-busy className="flex flex-col gap-6">
      <PageHeader title={t('title')} description={<Skeleton className="w-96 max-w-full" />} />
      <Card>
        <RowsSkeleton rows={8} />
      </Card>
      <LiveRegion message={t('loading')} />
    </div>
  )
}

/** A migration, or the form for a new one, before its data. */
export function MigrationSkeleton() {
  const t = useTranslations('keyMigrations')
  return (
    <div aria-busy className="flex flex-col gap-6">
      <PageHeader breadcrumb={[{ label: t('title'), href: pages.keyMigrations() }, { label: '…' }]} title={<Skeleton className="h-7 w-64 max-w-[60vw]" />} />
      <Card>
        <RowsSkeleton rows={4} />
      </Card>
      <Card>
        <RowsSkeleton rows={6} />
      </Card>
      <LiveRegion message={t('detail.loading')} />
    </div>
  )
}
