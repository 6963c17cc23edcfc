'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import { Badge } from '@/components/ui/badge'
import type { AuditEventDto } from '@/contracts/audit'
import { showInvisible } from '@/lib/text/show-invisible'
import { actionName } from './action-name'
import { ProofTick } from './proof-tick'
import { useActorName } from './use-actor-name'

const TONES = { success: 'neutral', failure: 'warning', denied: 'danger' } as const

/** Columns of the log. `now` is the server's instant of rendering; `open` shows all of an entry. */
export function useAuditColumns(now: string, open: (event: AuditEventDto) => void): DataTableColumn<AuditEventDto>[] {
  const t = useTranslations('audit')
  const actorName = useActorName()
  return useMemo(
    () => [
      {
        id: 'action',
        header: t('columns.action'),
        card: 'title',
        grow: true,
        cell: (event) => (
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <button
              type="button"
              className="rounded-sm text-left font-medium wrap-anywhere hover:underline touch:min-h-11"
              onClick={() => open(event)}
            >
              {actionName(event.action)}
            </button>
            {event.outcome !== 'success' && <Badge tone={TONES[event.outcome]}>{t(`outcome.${event.outcome}`)}</Badge>}
          </span>
        ),
      },
      { id: 'actor', header: t('columns.actor'), cell: (event) => <span className="inline-block min-w-28 wrap-anywhere">{actorName(event)}</span> },
      {
        id: 'target',
        header: t('columns.target'),
        from: 'lg',
        cell: ({ target }) => (target === null ? <span className="text-muted">{t('none')}</span> : <span className="inline-block min-w-28 wrap-anywhere">{showInvisible(target.name ?? target.id.slice(0, 8))}</span>),
      },
      { id: 'address', header: t('columns.address'), from: 'md', cell: ({ address }) => <span className="font-mono text-[0.8125rem]">{address ?? t('none')}</span> },
      { id: 'at', header: t('columns.at'), cell: ({ at }) => <RelativeTime at={at} now={now} /> },
      { id: 'proof', header: t('columns.proof'), hideHeader: true, align: 'end', cell: ({ proof }) => <ProofTick proof={proof} /> },
    ],
    [t, actorName, now, open],
  )
}
