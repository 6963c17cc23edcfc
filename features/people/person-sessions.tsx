'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import type { PersonDetail } from '@/contracts/people'
import type { SessionSummary } from '@/contracts/sessions'
import { ProblemAlert } from '../problem-state'
import { DeviceCell } from '../sessions/device-cell'
import { useDeviceName } from '../sessions/use-device-name'
import { useEndPersonSessions } from './mutations'

/** Where somebody is signed in, and how to end that. */
export function PersonSessions({ person, now }: { person: PersonDetail; now: string }) {
  const t = useTranslations('people.person')
  const columns = useColumns(person, now)
  const others = person.sessions.filter((session) => !session.current)
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-[0.9375rem] font-semibold">{t('sessions')}</h2>
        {!person.isYou && others.length > 1 && <EndSessions person={person} />}
      </div>
      {person.sessions.length === 0 ? (
        <p className="text-muted">{t('noSessions', { name: person.name })}</p>
      ) : (
        <DataTable caption={t('sessionsCaption', { name: person.name })} columns={columns} rows={person.sessions} rowId={({ id }) => id} />
      )}
    </section>
  )
}

function useColumns(person: PersonDetail, now: string): DataTableColumn<SessionSummary>[] {
  const columnNames = useTranslations('sessions')
  return useMemo<DataTableColumn<SessionSummary>[]>(
    () => [
      { id: 'device', header: columnNames('columns.device'), card: 'title', grow: true, cell: (session) => <DeviceCell session={session} /> },
      { id: 'address', header: columnNames('columns.address'), cell: ({ address }) => <span className="font-mono text-[0.8125rem]">{address}</span> },
      { id: 'started', header: columnNames('columns.started'), cell: ({ createdAt }) => <RelativeTime at={createdAt} now={now} /> },
      { id: 'lastSeen', header: columnNames('columns.lastSeen'), cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} now={now} /> },
      {
        id: 'actions',
        header: columnNames('columns.actions'),
        hideHeader: true,
        align: 'end',
        cell: (session) => (session.current ? null : <EndSessions person={person} session={session} />),
      },
    ],
    [columnNames, now, person],
  )
}

function EndSessions({ person, session }: { person: PersonDetail; session?: SessionSummary }) {
  const t = useTranslations('people')
  const words = useTranslations('sessions')
  const end = useEndPersonSessions(person.id)
  const device = useDeviceName()(session?.userAgent ?? '')
  const names = { device, address: session?.address ?? '' }
  const { name } = person
  return (
    <ConfirmDialog
      trigger={
        session ? (
          <Button size="sm" aria-label={words('endNamed', names)}>
            {words('end')}
          </Button>
        ) : (
          <Button variant="danger-quiet">{t('person.endAll')}</Button>
        )
      }
      title={session ? t('person.endOneTitle') : t('person.endAllTitle', { name })}
      consequence={session ? t('person.endOneConsequence', names) : t('person.endAllConsequence')}
      confirmLabel={session ? words('endOne.confirm') : t('person.endAll')}
      cancelLabel={t('cancel')}
      onOpenChange={() => end.reset()}
      onConfirm={async () => {
        await end.mutateAsync(session ? { sessionId: session.id } : 'all')
        toast.success(t('person.ended'))
      }}
    >
      {end.isError && <ProblemAlert error={end.error} />}
    </ConfirmDialog>
  )
}
