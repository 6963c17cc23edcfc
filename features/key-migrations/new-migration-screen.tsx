'use client'

import { KeyRound } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/empty-state'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { pages } from '@/contracts/paths'
import type { MigrationClient } from './client-card'
import { MigrationForm } from './migration-form'

/** Bringing old keys, from the file to the start. */
export function NewMigrationScreen({ clients }: { clients: readonly MigrationClient[] }) {
  const t = useTranslations('keyMigrations')
  return (
    <>
      <PageHeader breadcrumb={[{ label: t('title'), href: pages.keyMigrations() }, { label: t('new.title') }]} title={t('new.title')} description={t('new.description')} />
      {clients.length === 0 ? (
        <EmptyState
          icon={<KeyRound />}
          title={t('new.noClients.title')}
          className="rounded-lg border bg-surface shadow-xs"
          action={
            <ButtonLink variant="primary" href={pages.newApiClient()}>
              {t('new.noClients.action')}
            </ButtonLink>
          }
        >
          {t('new.noClients.text')}
        </EmptyState>
      ) : (
        <MigrationForm clients={clients} />
      )}
    </>
  )
}
