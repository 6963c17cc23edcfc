'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { CopyButton } from '@/components/copy-button'
import { KeyValueList } from '@/components/key-value-list'
import { RelativeTime } from '@/components/relative-time'
import { SecretTail } from '@/components/secret-tail'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { ApiClientDetail } from '@/contracts/api-clients'
import { pages } from '@/contracts/paths'
import { RotateSecretDialog } from './rotate-secret-dialog'

export type FactsCardProps = { apiClient: ApiClientDetail; now: string; mayWrite: boolean }

/** What identifies an API client; of its secret the last four characters. */
export function FactsCard({ apiClient, now, mayWrite }: FactsCardProps) {
  const t = useTranslations('apiClients')
  const { id, clientId, clientSecretLast4, secretRotatedAt, connectionCount, createdAt } = apiClient
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('detail.facts')}</CardTitle>
      </CardHeader>
      <CardContent>
        <KeyValueList
          items={[
            {
              term: t('detail.clientId'),
              value: (
                <span className="flex items-center gap-1">
                  <code className="font-mono text-[0.8125rem] wrap-anywhere">{clientId}</code>
                  <CopyButton text={clientId} name={t('detail.copyClientId')} iconOnly variant="ghost" />
                </span>
              ),
            },
            {
              term: t('detail.secret'),
              value: (
                <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
                  <SecretTail last4={clientSecretLast4} label={t('detail.secretTail')} />
                  {mayWrite && <RotateSecretDialog id={id} now={now} />}
                </span>
              ),
            },
            { term: t('detail.secretRotated'), value: <RelativeTime at={secretRotatedAt} now={now} /> },
            { term: t('detail.upstream'), value: apiClient.upstream.label },
            { term: t('detail.apiVersion'), value: apiClient.apiVersion },
            {
              term: t('detail.connections'),
              value: (
                <Link href={`${pages.connections()}?apiClient=${id}`} className="text-accent-text underline decoration-accent-line underline-offset-4 hover:decoration-current">
                  {t('detail.connectionCount', { count: connectionCount })}
                </Link>
              ),
            },
            { term: t('detail.created'), value: <RelativeTime at={createdAt} now={now} /> },
          ]}
        />
      </CardContent>
    </Card>
  )
}
