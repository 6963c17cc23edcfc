'use client'

import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import type { Replay } from '@/contracts/key-restrictions'

/** The addresses that a list has not, with how much came from each. */
export function BlockedAddresses({ replay: { blocked, blockedAddresses }, now }: { replay: Replay; now: string }) {
  const t = useTranslations('keyRestrictions.blocked')
  if (blocked.length === 0) return null
  return (
    <>
      <ul aria-label={t('list')} className="mt-1 divide-y rounded-lg border text-[0.8125rem]">
        {blocked.map(({ address, requests, lastAt }) => (
          <li key={address} className="flex flex-wrap justify-between gap-x-4 gap-y-0.5 px-3.5 py-2">
            <span className="font-mono wrap-anywhere">{address === 'unresolved' ? t('unresolved') : address}</span>
            <span className="text-muted">
              {t('requests', { count: requests })} <RelativeTime at={lastAt} now={now} />
            </span>
          </li>
        ))}
      </ul>
      {blockedAddresses > blocked.length && <p className="text-[0.8125rem] text-muted">{t('more', { count: blockedAddresses - blocked.length })}</p>}
    </>
  )
}
