'use client'

import { useQuery } from '@tanstack/react-query'
import { Download, PhoneOff } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { Pagination } from '@/components/pagination'
import { saveCsv } from '@/components/save-csv'
import { Button } from '@/components/ui/button'
import { exportPhoneList, type Call, type CampaignDetail } from '@/contracts/campaigns'
import { ProblemAlert, ProblemState } from '../problem-state'
import { callEndpoint } from '../request'
import { callColumns } from './call-columns'
import { campaignQueries } from './queries'

const PER_PAGE = 50
const NOBODY: readonly Call[] = []

/** Those who did not answer, or could not be reached by mail: to be called, with a code to read aloud. */
export function PhoneListPart({ campaign: { id, state }, now }: { campaign: CampaignDetail; now: string }) {
  const t = useTranslations('campaigns')
  const { data, error, isFetching, refetch } = useQuery(campaignQueries.phoneList(id))
  const [page, setPage] = useState(0)
  const columns = useMemo(() => callColumns(t, { campaignId: id, isOver: state === 'stopped', now }), [t, id, state, now])
  const items = data?.items ?? NOBODY
  const at = Math.min(page, Math.max(0, Math.ceil(items.length / PER_PAGE) - 1))
  const rows = useMemo(() => items.slice(at * PER_PAGE, (at + 1) * PER_PAGE), [items, at])
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <p className="max-w-prose text-pretty text-muted">{t('phone.text')}</p>
        {items.length > 0 && <ExportButton id={id} />}
      </div>
      {error !== null && <ProblemState error={error} variant="inline" onRetry={() => void refetch()} retrying={isFetching} />}
      {(data !== undefined || error === null) && (
        <DataTable
          key={at}
          caption={t('phone.caption')}
          columns={columns}
          rows={rows}
          rowId={(row) => row.recipientId}
          isLoading={data === undefined}
          empty={
            <EmptyState icon={<PhoneOff />} title={t('phone.none')}>
              {t('phone.noneText')}
            </EmptyState>
          }
          labels={{ loading: t('phone.loading') }}
        />
      )}
      {items.length > 0 && (
        <Pagination
          previous={at > 0 ? { onSelect: () => setPage(at - 1) } : null}
          next={(at + 1) * PER_PAGE < items.length ? { onSelect: () => setPage(at + 1) } : null}
          summary={t('phone.summary', { shown: rows.length, total: items.length })}
          labels={{ pages: t('phone.pages'), previous: t('list.previous'), next: t('list.next') }}
        />
      )}
    </div>
  )
}

function ExportButton({ id }: { id: string }) {
  const t = useTranslations('campaigns.phone')
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const download = async () => {
    setBusy(true)
    setError(null)
    try {
      const { text, fileName } = await callEndpoint(exportPhoneList, { params: { id } })
      saveCsv(text, fileName)
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="flex flex-col gap-2">
      <Button onClick={() => void download()} loading={isBusy}>
        <Download aria-hidden />
        {t('export')}
      </Button>
      {error !== null && <ProblemAlert error={error} />}
    </div>
  )
}
