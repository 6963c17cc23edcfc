'use client'

import { CircleX, PlayCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { PersonDetail } from '@/contracts/people'

/** What ends when somebody leaves, and what goes on. */
export function DependentsList({ person: { name, sessions, dependents } }: { person: PersonDetail }) {
  const t = useTranslations('people.person')
  const { personalKeys, serviceKeys, invitations, links } = dependents
  const named = (keys: PersonDetail['dependents']['personalKeys']) => ({ count: keys.length, names: keys.map((key) => key.name).join(', ') })
  return (
    <dl className="flex flex-col gap-3 rounded-lg border bg-sunken px-4 py-3 text-sm">
      <Part term={t('ends')} icon={<CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-danger-text" />}>
        <p>{t('endsSessions', { count: sessions.length })}</p>
        {personalKeys.length > 0 && <p>{t('endsKeys', named(personalKeys))}</p>}
        {links > 0 && <p>{t('endsLinks', { count: links })}</p>}
        {invitations > 0 && <p>{t('endsInvitations', { count: invitations })}</p>}
      </Part>
      <Part term={t('goesOn')} icon={<PlayCircle aria-hidden className="mt-0.5 size-4 shrink-0 text-success-text" />}>
        <p>{serviceKeys.length > 0 ? t('goOnKeys', { ...named(serviceKeys), name }) : t('goOnNothing', { name })}</p>
      </Part>
    </dl>
  )
}

function Part({ term, icon, children }: { term: string; icon: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt className="flex gap-2.5 font-medium">
        {icon}
        {term}
      </dt>
      <dd className="min-w-0 pl-6.5 wrap-anywhere text-muted">{children}</dd>
    </div>
  )
}
