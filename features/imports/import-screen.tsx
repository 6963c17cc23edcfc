'use client'

import { KeyRound } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/empty-state'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { useServerClock } from '@/components/use-server-clock'
import { pages } from '@/contracts/paths'
import { EarlierImports } from './earlier-imports'
import { ImportForm, type ImportClient } from './import-form'

export type ImportScreenProps = {
  /** The server's instant of rendering. */
  now: string
  clients: readonly ImportClient[]
}

/** Bringing refresh tokens that another system holds. */
export function ImportScreen({ now, clients }: ImportScreenProps) {
  const t = useTranslations('imports')
  useServerClock(now)
  return (
    <>
      <PageHeader breadcrumb={[{ label: t('breadcrumb'), href: pages.connections() }, { label: t('title') }]} title={t('title')} description={t('description')} />
      {clients.length === 0 ? (
        <EmptyState
          icon={<KeyRound />}
          title={t('noClients.title')}
          className="rounded-lg border bg-surface shadow-xs"
          action={
            <ButtonLink variant="primary" href={pages.newApiClient()}>
              {t('noClients.action')}
            </ButtonLink>
          }
        >
          {t('noClients.text')}
        </EmptyState>
      ) : (
        <ImportForm clients={clients} />
      )}
      <EarlierImports now={now} />
    </>
  )
}
