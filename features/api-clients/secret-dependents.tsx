'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { ProblemAlert } from '../problem-state'
import { apiClientQueries } from './queries'

/** What stands still when the secret that is about to be stored is not the right one. */
export function SecretDependents({ id, now }: { id: string; now: string }) {
  const t = useTranslations('apiClients.rotate')
  const { data, error } = useQuery(apiClientQueries.secretDependents(id))
  if (error !== null) return <ProblemAlert error={error} />
  if (data === undefined) return null
  return (
    <section aria-label={t('dependents')} className="rounded-md bg-sunken px-3 py-2.5 text-[0.8125rem]">
      <p className="font-medium">{t('dependents')}</p>
      <ul className="list-disc pl-5">
        <li>
          {t('connections', { count: data.connections })}
          {data.connections > 0 && <>; {t('ending', { count: data.endingWithinDay })}</>}
          {data.firstEndsAt !== null && <>; {t('firstEnds')} <RelativeTime at={data.firstEndsAt} now={now} /></>}
        </li>
        <li>{t('machineKeys', { count: data.machineKeys })}</li>
        <li>{t('adminTokens', { count: data.adminTokens })}</li>
      </ul>
    </section>
  )
}
