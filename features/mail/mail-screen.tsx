'use client'

import { useQuery } from '@tanstack/react-query'
import { Mail as MailIcon } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { EmptyState } from '@/components/empty-state'
import { FilterSelect } from '@/components/filter-select'
import { PageHeader } from '@/components/page-header'
import { Pagination } from '@/components/pagination'
import { RelativeTime } from '@/components/relative-time'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { useServerClock } from '@/components/use-server-clock'
import { MAIL_STATES, mailQuerySchema, type Mail } from '@/contracts/mail'
import type { Role } from '@/contracts/permissions'
import { ProblemAlert, ProblemState } from '../problem-state'
import { useUrlQuery } from '../url-query/use-url-query'
import { MailDialog } from './mail-dialog'
import { MailStatePill } from './mail-state-pill'
import { useSendTestMail } from './mutations'
import { mailQueries } from './queries'

/** What Keyrack sent to people, and whether it arrived. `now` is the server's instant of rendering. */
export function MailScreen({ now, role }: { now: string; role: Role }) {
  const t = useTranslations('mail')
  useServerClock(now)
  const { query, change } = useUrlQuery(mailQuerySchema)
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(mailQueries.list(query))
  const isSent = data !== undefined && data.server !== null
  const columns = useMemo(() => columnsOf({ t, now, role, isSent }), [t, now, role, isSent])
  const isEmpty = data?.total === 0 && query.state === undefined
  return (
    <>
      <PageHeader breadcrumb={[{ label: t('settings') }, { label: t('title') }]} title={t('title')} description={t('description')} action={<SendTest />} />
      {data?.server === null && (
        <Alert tone="info" title={t('noServerTitle')}>
          {t('noServer', { folder: data.folder })}
        </Alert>
      )}
      {typeof data?.server === 'string' && <p className="text-muted">{t('server', { server: data.server, from: data.from ?? '' })}</p>}
      {error !== null && (
        <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />
      )}
      {(data !== undefined || error === null) && (
        <div className="flex min-w-0 flex-col gap-3">
          {!isEmpty && (
            <FilterSelect
              label={t('filter')}
              value={query.state ?? ''}
              options={[{ value: '', label: t('all') }, ...MAIL_STATES.map((value) => ({ value, label: t(`states.${value}`) }))]}
              onChange={(value) => change({ state: MAIL_STATES.find((state) => state === value) })}
              className="w-fit max-sm:w-full"
            />
          )}
          <DataTable
            key={query.page}
            caption={t('caption')}
            columns={columns}
            rows={data?.items ?? []}
            rowId={(row) => row.id}
            isLoading={data === undefined}
            isRefreshing={isPlaceholderData}
            empty={
              isEmpty ? (
                <EmptyState icon={<MailIcon />} title={t('empty.title')}>
                  {t('empty.text')}
                </EmptyState>
              ) : (
                <p className="px-4 py-8 text-center text-muted">{t('noMatch')}</p>
              )
            }
            labels={{ loading: t('loading') }}
          />
          {data !== undefined && data.total > 0 && (
            <Pagination
              previous={data.page > 1 ? { onSelect: () => change({ page: data.page - 1 }) } : null}
              next={data.hasNext ? { onSelect: () => change({ page: data.page + 1 }) } : null}
              summary={t('summary', { shown: data.items.length, total: data.total })}
              labels={{ pages: t('pages'), previous: t('previous'), next: t('next') }}
            />
          )}
        </div>
      )}
    </>
  )
}

function SendTest() {
  const t = useTranslations('mail')
  const send = useSendTestMail()
  return (
    <div className="flex flex-col gap-2">
      <Button variant="primary" loading={send.isPending} onClick={() => send.mutate(undefined, { onSuccess: ({ recipient }) => toast.success(t('testSent', { address: recipient })) })}>
        {t('sendTest')}
      </Button>
      {send.isError && <ProblemAlert error={send.error} />}
    </div>
  )
}

interface Columns {
  readonly t: ReturnType<typeof useTranslations<'mail'>>
  readonly now: string
  readonly role: Role
  readonly isSent: boolean
}

function columnsOf({ t, now, role, isSent }: Columns): readonly DataTableColumn<Mail>[] {
  return [
    { id: 'mail', header: t('columns.mail'), card: 'title', grow: true, cell: (mail) => <MailDialog mail={mail} now={now} role={role} isSent={isSent} /> },
    { id: 'recipient', header: t('columns.recipient'), cell: ({ recipient }) => <span className="inline-block wrap-anywhere sm:min-w-48">{recipient}</span> },
    { id: 'state', header: t('columns.state'), cell: ({ state }) => <MailStatePill state={state} /> },
    { id: 'at', header: t('columns.at'), cell: ({ createdAt }) => <RelativeTime at={createdAt} now={now} /> },
  ]
}
