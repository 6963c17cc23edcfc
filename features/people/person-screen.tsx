'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { KeyValueList } from '@/components/key-value-list'
import { PageHeader } from '@/components/page-header'
import { RelativeTime } from '@/components/relative-time'
import { Alert } from '@/components/ui/alert'
import { Badge } from '@/components/ui/badge'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { useServerClock } from '@/components/use-server-clock'
import { pages } from '@/contracts/paths'
import type { PersonDetail } from '@/contracts/people'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemState } from '../problem-state'
import { ChangeRoleDialog } from './change-role-dialog'
import { DependentsList } from './dependents-list'
import { PersonSessions } from './person-sessions'
import { peopleQueries } from './queries'
import { RemoveButton } from './remove-button'
import { ResetTwoFactorButton } from './reset-two-factor-button'

/** One member: role, sessions, and what depends on them. `now` is the server's instant of rendering. */
export function PersonScreen({ id, now }: { id: string; now: string }) {
  useServerClock(now)
  const { data, error, isFetching, refetch } = useQuery(peopleQueries.detail(id))
  return (
    <>
      {error !== null && (
        <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />
      )}
      {data !== undefined && <Content person={data} now={now} />}
    </>
  )
}

function Content({ person, now }: { person: PersonDetail; now: string }) {
  const t = useTranslations('people')
  const roles = useTranslations('shell.roles')
  const name = showInvisible(person.name)
  const facts = [
    { term: t('person.email'), value: person.email },
    { term: t('person.role'), value: roles(person.role), hint: t(`roleHints.${person.role}`) },
    { term: t('columns.twoFactor'), value: t(person.hasTwoFactor ? 'twoFactor.on' : 'twoFactor.off') },
    { term: t('columns.joined'), value: <RelativeTime at={person.joinedAt} now={now} /> },
  ]
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('title'), href: pages.people() }, { label: name }]}
        title={name}
        badges={person.isYou && <Badge tone="accent">{t('you')}</Badge>}
        secondary={
          <>
            {person.hasTwoFactor && !person.isYou && <ResetTwoFactorButton person={person} />}
            {!person.isLastOwner && <RemoveButton person={person} />}
          </>
        }
        action={person.isLastOwner ? undefined : <ChangeRoleDialog person={person} />}
      />
      {person.isLastOwner && (
        <Alert tone="info" title={t('person.lastOwner')}>
          {t('person.lastOwnerNext')}
        </Alert>
      )}
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <Card>
          <CardHeader>
            <CardTitle>{t('person.facts')}</CardTitle>
          </CardHeader>
          <CardContent>
            <KeyValueList items={facts} />
          </CardContent>
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>{t('person.dependents', { name })}</CardTitle>
          </CardHeader>
          <CardContent>
            <DependentsList person={person} />
          </CardContent>
        </Card>
      </div>
      <PersonSessions person={person} now={now} />
    </>
  )
}
