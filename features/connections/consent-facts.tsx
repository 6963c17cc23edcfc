'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { CopyButton } from '@/components/copy-button'
import { KeyValueList } from '@/components/key-value-list'
import { RelativeTime } from '@/components/relative-time'
import type { ConnectionDetail } from '@/contracts/connections'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { showInvisible } from '@/lib/text/show-invisible'

/** Who consented, who connected, and through which API client. */
export function ConsentFacts({ connection, now, role }: { connection: ConnectionDetail; now: string; role: Role }) {
  const t = useTranslations('connections')
  const { apiClient, propertyCount } = connection
  return (
    <KeyValueList
      items={[
        { term: t('detail.facts.consentedBy'), value: <Consenter consentedBy={connection.consentedBy} /> },
        {
          term: t('detail.facts.kind'),
          value: connection.isNetwork ? t('detail.facts.kindNetwork', { count: propertyCount }) : t('detail.facts.kindProperty'),
        },
        {
          term: t('detail.facts.apiClient'),
          value: roleMay(role, 'api-clients:read') ? (
            <Link href={pages.apiClient(apiClient.id)} className="text-accent-text underline decoration-accent-line underline-offset-4">
              {apiClient.name}
            </Link>
          ) : (
            apiClient.name
          ),
        },
        {
          term: t('detail.facts.created'),
          value: (
            <>
              <RelativeTime at={connection.createdAt} now={now} />
              {connection.connectedBy !== null && <> {t('by', { name: connection.connectedBy })}</>}
            </>
          ),
        },
        { term: t('detail.facts.origin'), value: t(`origin.${connection.origin}`) },
        {
          term: t('detail.facts.reference'),
          value: (
            <span className="flex items-center gap-x-1.5">
              <code className="font-mono text-xs">{connection.id}</code>
              <CopyButton text={connection.id} name={t('detail.facts.reference')} iconOnly variant="ghost" />
            </span>
          ),
        },
      ]}
    />
  )
}

function Consenter({ consentedBy }: Pick<ConnectionDetail, 'consentedBy'>) {
  const t = useTranslations('connections.detail.facts')
  const { name, email, username } = consentedBy ?? { name: null, email: null, username: null }
  const lines = [name, email, username === null ? null : t('username', { username: showInvisible(username) })]
  const known = lines.filter((line) => line !== null && line !== '')
  if (known.length === 0) return <span className="text-muted">{t('nobody')}</span>
  return (
    <span className="flex flex-col">
      {known.map((line, index) => (
        <span key={line} className={index === 0 ? 'font-medium' : 'text-[0.8125rem] text-muted'}>
          {showInvisible(line ?? '')}
        </span>
      ))}
    </span>
  )
}
