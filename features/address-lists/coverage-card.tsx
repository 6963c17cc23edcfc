'use client'

import { useTranslations } from 'use-intl'
import { RangePicture } from '@/components/range-picture'
import { Alert } from '@/components/ui/alert'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { AddressList } from './list-calls'

const SPACE = 2 ** 32
const TICKS = ['0.0.0.0', '64.0.0.0', '128.0.0.0', '192.0.0.0', '255.255.255.255']
const MOST_SHOWN = 12
/** Where no caller from the internet comes from: private, loopback, multicast and beyond. */
const NOBODY = [
  { first: 0, last: 2 ** 24 - 1 },
  { first: 10 * 2 ** 24, last: 11 * 2 ** 24 - 1 },
  { first: 127 * 2 ** 24, last: 128 * 2 ** 24 - 1 },
  { first: 224 * 2 ** 24, last: SPACE - 1 },
]

/** How many addresses the list covers, and which: as a picture of all of IPv4, and as text. */
export function CoverageCard({ coverage: { addressCount, ranges, isEverything } }: { coverage: AddressList['coverage'] }) {
  const t = useTranslations('addressLists.coverage')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('count', { count: addressCount, ranges: ranges.length })}</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        {isEverything && <Alert tone="danger" title={t('everything')} />}
        <RangePicture ranges={ranges} backdrop={NOBODY} space={SPACE} ticks={TICKS} tone={isEverything ? 'danger' : 'accent'} label={t('picture', { ranges: ranges.length })} />
        <p className="text-xs text-muted">{t('legend')}</p>
        {ranges.length > 0 && (
          <ul aria-label={t('list')} className="flex flex-col divide-y text-[0.8125rem]">
            {ranges.slice(0, MOST_SHOWN).map(({ first, last, firstAddress, lastAddress }) => (
              <li key={first} className="flex flex-wrap justify-between gap-x-4 py-1">
                <span className="font-mono wrap-anywhere">{first === last ? firstAddress : t('range', { first: firstAddress, last: lastAddress })}</span>
                <span className="text-muted tabular-nums">{t('addresses', { count: last - first + 1 })}</span>
              </li>
            ))}
          </ul>
        )}
        {ranges.length > MOST_SHOWN && <p className="text-[0.8125rem] text-muted">{t('more', { count: ranges.length - MOST_SHOWN })}</p>}
      </CardContent>
    </Card>
  )
}
