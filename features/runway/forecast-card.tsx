'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ColumnChart } from '@/components/column-chart'
import { Alert } from '@/components/ui/alert'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { useClockText } from '@/components/use-clock-text'
import type { Forecast } from '@/contracts/runway'
import { ProblemState } from '../problem-state'
import { HoursTable } from './hours-table'
import { runwayQueries } from './queries'

/** Refreshes due in each of the next 24 hours, with a warning where too many come together. */
export function ForecastCard() {
  const t = useTranslations('runway.forecast')
  const { data, error, isFetching, refetch } = useQuery(runwayQueries.forecast())
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('description')}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        {error !== null && <ProblemState error={error} variant="inline" onRetry={() => void refetch()} retrying={isFetching} />}
        {data !== undefined && <Hours forecast={data} />}
      </CardContent>
    </Card>
  )
}

function Hours({ forecast: { hours, overdue, storms } }: { forecast: Forecast }) {
  const t = useTranslations('runway.forecast')
  const clock = useClockText(hours[0]?.from ?? 0)
  const stormy = new Set(storms.map(({ from }) => from))
  return (
    <>
      {storms.length > 0 && (
        <Alert tone="warning" title={t('storm', { count: stormy.size })}>
          <ul className="flex flex-col gap-1">
            {storms.map(({ apiClient, from, due, reason }) => (
              <li key={`${apiClient.id} ${from}`} className="wrap-anywhere">
                {t(`storms.${reason}`, { name: apiClient.name, due, from: clock(from) })}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <ColumnChart
        columns={hours.map(({ from, due }) => ({ key: from, value: due, tone: stormy.has(from) ? 'warning' : 'accent' }))}
        ticks={hours.filter((_, index) => index % 6 === 0 || index === 23).map(({ from }) => clock(from))}
      />
      <p className="text-[0.8125rem] text-muted">{t('overdue', { overdue })}</p>
      <HoursTable
        caption={t('title')}
        summary={t('table')}
        headers={[t('from'), t('due'), t('warning')]}
        rows={hours.map(({ from, due }) => ({ key: from, cells: [clock(from), due, stormy.has(from) ? t('yes') : t('no')] }))}
      />
    </>
  )
}
