'use client'

import { useTranslations } from 'use-intl'
import { KeyValueList } from '@/components/key-value-list'
import { Badge } from '@/components/ui/badge'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Progress } from '@/components/ui/progress'
import type { ApiConfigurationDetail } from '@/contracts/api-configuration'

const LOW_SHARE = 0.2
const TONES = { NONE: 'neutral', READONLY: 'info', READWRITE: 'success' } as const

/** How many calls are left, and what the contract with Octorate includes. */
export function QuotaCard({ quota, permissions }: Pick<ApiConfigurationDetail, 'quota' | 'permissions'>) {
  const t = useTranslations('apiConfiguration')
  const { limit, left, status } = quota
  const isKnown = limit !== null && limit > 0 && left !== null
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('quota.title')}</CardTitle>
        <CardDescription>{t('quota.text')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        {isKnown ? (
          <div className="flex flex-col gap-1.5">
            <p className="tabular-nums">{t('quota.left', { left, limit })}</p>
            <Progress
              label={t('quota.title')}
              value={Math.min(left, limit)}
              max={limit}
              valueText={t('quota.left', { left, limit })}
              tone={left <= 0 ? 'danger' : left / limit < LOW_SHARE ? 'warning' : 'success'}
            />
          </div>
        ) : (
          <p className="text-muted">{t('quota.unknown')}</p>
        )}
        <KeyValueList
          items={[
            { term: t('quota.limit'), value: limit ?? t('untold') },
            { term: t('quota.status'), value: status ?? t('untold'), hint: t('quota.statusHint') },
            ...permissions.map(({ name, level }) => ({
              term: t(`permissions.${name}`),
              value: <Badge tone={level === null ? 'neutral' : TONES[level]}>{t(level === null ? 'untold' : `levels.${level}`)}</Badge>,
            })),
          ]}
        />
      </CardContent>
    </Card>
  )
}
