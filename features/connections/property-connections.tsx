'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import type { ConnectionSummary } from '@/contracts/connections'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'
import { ConnectionStatusPill } from './connection-status-pill'

type PropertyConnectionsProps = { propertyId: string; connections: readonly ConnectionSummary[] }

/** The connections of one property, where several API clients have one. */
export function PropertyConnections({ propertyId, connections }: PropertyConnectionsProps) {
  const t = useTranslations('connections.ofProperty')
  return (
    <>
      <PageHeader title={t('title', { id: showInvisible(propertyId) })} description={t('text')} />
      <Card>
        <ul aria-label={t('list')} className="flex flex-col divide-y">
          {connections.map(({ id, name, upstreamId, apiClient, status, cause }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-5 py-4">
              <span className="flex min-w-0 flex-col">
                <Link href={pages.connection(id)} className="font-medium wrap-anywhere text-accent-text underline decoration-accent-line underline-offset-4">
                  {showInvisible(name)}
                </Link>
                <span className="text-[0.8125rem] wrap-anywhere text-muted">
                  {upstreamId} · {apiClient.name}
                </span>
              </span>
              <ConnectionStatusPill status={status} cause={cause} />
            </li>
          ))}
        </ul>
      </Card>
    </>
  )
}
