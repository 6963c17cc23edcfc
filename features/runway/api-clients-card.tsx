'use client'

import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { StatusPill } from '@/components/status-pill'
import { Card, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { useClockText } from '@/components/use-clock-text'
import type { Runway } from '@/contracts/runway'
import { useLossText } from './use-loss-text'

/** Each API client with what keeps its tokens from being renewed, and when its properties lose access. */
export function ApiClientsCard({ apiClients, at }: Pick<Runway, 'apiClients' | 'at'>) {
  const t = useTranslations('runway.apiClients')
  const clock = useClockText(at)
  const lossOf = useLossText(at)
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('description')}</CardDescription>
      </CardHeader>
      <ul className="divide-y border-t">
        {apiClients.map((each) => (
          <li key={each.id} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5 px-4 py-3 sm:px-5">
            <div className="min-w-0 flex-1 basis-60">
              <p className="font-medium wrap-anywhere">{each.name}</p>
              <p className="text-[0.8125rem] text-muted">{lossOf(each)}</p>
            </div>
            {each.refusal === null ? (
              <StatusPill tone="success" icon={<CircleCheck aria-hidden />}>
                {t('renewed')}
              </StatusPill>
            ) : (
              <StatusPill tone="danger">{t(`refused.${each.refusal.kind}`, { since: clock(each.refusal.since) })}</StatusPill>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
