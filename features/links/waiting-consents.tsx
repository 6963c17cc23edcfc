'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { linkQueries } from './queries'
import { WrongPropertyFacts } from './wrong-property-alert'

/** Consents from unexpected properties that wait for somebody; nothing when there are none. */
export function WaitingConsents({ now }: { now: string }) {
  const t = useTranslations('links.waiting')
  const { data } = useQuery(linkQueries.waiting())
  const items = data?.items ?? []
  if (items.length === 0) return null
  return (
    <section aria-label={t('title', { count: items.length })} className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">{t('title', { count: items.length })}</h2>
      <p className="-mt-2 text-muted">{t('text')}</p>
      {items.map((grant) => (
        <WrongPropertyFacts key={grant.id} grant={grant} now={now} />
      ))}
    </section>
  )
}
