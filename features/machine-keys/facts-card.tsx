'use client'

import { useTranslations } from 'use-intl'
import { KeyValueList, type KeyValueItem } from '@/components/key-value-list'
import { RelativeTime } from '@/components/relative-time'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { MachineKeyDetail } from '@/contracts/machine-keys'
import { pages } from '@/contracts/paths'
import { KeyExpiry } from './key-expiry'
import { KeyTail } from './key-tail'
import { TextLink } from './text-link'

const END_TERMS = { active: 'expires', ending: 'ends', replaced: 'ended', expired: 'ended', revoked: 'expires' } as const

/** What identifies a key, since when and until when. */
export function FactsCard({ machineKey, now }: { machineKey: MachineKeyDetail; now: string }) {
  const t = useTranslations('machineKeys')
  const { environment, last4, createdAt, createdBy, revokedAt, replacedById, replacesId, state } = machineKey
  const items: KeyValueItem[] = [
    { term: t('detail.key'), value: <KeyTail environment={environment} last4={last4} /> },
    {
      term: t('detail.created'),
      value: <RelativeTime at={createdAt} now={now} />,
      hint: createdBy === null ? t('detail.createdByLeft') : t('detail.createdBy', { name: createdBy }),
    },
    { term: t('fields.belongsTo'), value: t(`belongsTo.${machineKey.belongsTo}`) },
    { term: t(`detail.${END_TERMS[state]}`), value: <KeyExpiry machineKey={machineKey} now={now} /> },
  ]
  if (revokedAt !== null) items.push({ term: t('detail.revoked'), value: <RelativeTime at={revokedAt} now={now} /> })
  if (replacedById !== null) {
    items.push({ term: t('detail.replacedBy'), value: <TextLink href={pages.machineKey(replacedById)}>{t('detail.successor')}</TextLink> })
  }
  if (replacesId !== null) {
    items.push({ term: t('detail.replaces'), value: <TextLink href={pages.machineKey(replacesId)}>{t('detail.predecessor')}</TextLink> })
  }
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('detail.facts')}</CardTitle>
      </CardHeader>
      <CardContent>
        <KeyValueList items={items} />
      </CardContent>
    </Card>
  )
}
