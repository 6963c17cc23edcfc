'use client'

import { useTranslations } from 'use-intl'
import { ColumnChart } from '@/components/column-chart'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { useClockText } from '@/components/use-clock-text'
import type { RunwayFacts } from '@/contracts/runway'
import { HoursTable } from './hours-table'
import { useLossText } from './use-loss-text'

export type EndsCardProps = { title: string; facts: RunwayFacts; now: string }

/** How many properties lose access in which hour if nothing is renewed. */
export function EndsCard({ title, facts, now }: EndsCardProps) {
  const t = useTranslations('runway.ends')
  const clock = useClockText(now)
  const lossOf = useLossText(now)
  const { hours, over, later } = facts
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
        <CardDescription>{t('description')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <p>{lossOf(facts)}</p>
        <ColumnChart
          columns={hours.map(({ until, ends }) => ({ key: until, value: ends }))}
          ticks={hours.filter((_, index) => index % 6 === 0 || index === 23).map(({ until }) => clock(until))}
        />
        <p className="text-[0.8125rem] text-muted">{t('beside', { over, later })}</p>
        <HoursTable
          caption={t('caption', { title })}
          summary={t('table')}
          headers={[t('until'), t('lose'), t('without')]}
          rows={hours.map(({ until, ends, without }) => ({ key: until, cells: [clock(until), ends, without] }))}
        />
      </CardContent>
    </Card>
  )
}
