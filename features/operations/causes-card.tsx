'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { OPERATION_CALLS, type OperationCauses, type OperationQuery } from '@/contracts/operations'
import { operationQueries } from './queries'
import { useCallName } from './use-call-name'

type Props = { now: string; onShow: (change: Partial<OperationQuery>) => void }

/** Failures grouped by why, each with what to do about it. */
export function CausesCard({ now, onShow }: Props) {
  const t = useTranslations('operations')
  const { data } = useQuery(operationQueries.causes())
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('groups.title')}</CardTitle>
      </CardHeader>
      <CardContent>
        {data?.items.length === 0 && <p className="text-muted">{t('groups.none')}</p>}
        <ul className="flex flex-col divide-y">
          {data?.items.map((group) => (
            <li key={`${group.cause} ${group.call}`} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3 first:pt-0 last:pb-0">
              <Group group={group} now={now} />
              <Button size="sm" onClick={() => onShow({ outcome: 'failed', cause: group.cause, call: OPERATION_CALLS.find((call) => call === group.call) })}>
                {t('groups.show')}
              </Button>
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  )
}

function Group({ group: { cause, call, count, connections, lastAt }, now }: { group: OperationCauses['items'][number]; now: string }) {
  const t = useTranslations('operations')
  const nameOf = useCallName()
  return (
    <div className="flex min-w-0 flex-1 basis-72 flex-col gap-0.5">
      <p className="font-medium">
        {t(`causes.${cause}.name`)}: {nameOf(call)}
      </p>
      <p className="text-[0.8125rem] text-muted">
        {t('groups.count', { count })}
        {t('groups.connections', { count: connections })} · {t('groups.last')} <RelativeTime at={lastAt} now={now} />
      </p>
      <p className="max-w-prose">{t(`causes.${cause}.next`)}</p>
    </div>
  )
}
