'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table'
import type { DataTableColumn } from '@/components/data-table-column'
import { RelativeTime } from '@/components/relative-time'
import { ButtonLink } from '@/components/ui/button-link'
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { AuditAction } from '@/contracts/audit-actions'
import type { Incident } from '@/contracts/incidents'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { showInvisible } from '@/lib/text/show-invisible'
import { actionName } from '../audit/action-name'

type IncidentReportProps = { incident: Incident; now: string; role: Role }
type Act = Incident['report'][number]

/** Who did what since it was opened, from the audit log. */
export function IncidentReport({ incident, now, role }: IncidentReportProps) {
  const t = useTranslations('incidents.report')
  const columns = useMemo(() => columnsOf(t, now), [t, now])
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>
          {t('text')} {incident.reportIsCut && t('cut', { count: incident.report.length })}
        </CardDescription>
        {roleMay(role, 'audit:read') && (
          <CardAction>
            <ButtonLink size="sm" href={`${pages.auditLog()}?from=${incident.openedAt.slice(0, 10)}`}>
              {t('all')}
            </ButtonLink>
          </CardAction>
        )}
      </CardHeader>
      <CardContent>
        <DataTable
          caption={t('caption')}
          columns={columns}
          rows={incident.report}
          rowId={({ id }) => id}
          empty={<p className="px-4 py-8 text-center text-muted">{t('none')}</p>}
        />
      </CardContent>
    </Card>
  )
}

function columnsOf(t: ReturnType<typeof useTranslations<'incidents.report'>>, now: string): readonly DataTableColumn<Act>[] {
  return [
    { id: 'what', header: t('what'), card: 'title', grow: true, cell: (act) => <What act={act} /> },
    { id: 'who', header: t('who'), cell: ({ actor }) => (actor === null ? '–' : showInvisible(actor)) },
    { id: 'target', header: t('target'), cell: ({ target }) => <span className="wrap-anywhere">{target === null ? '–' : showInvisible(target)}</span> },
    { id: 'at', header: t('at'), cell: ({ at }) => <RelativeTime at={at} now={now} /> },
  ]
}

function What({ act: { action, outcome, step, touched } }: { act: Act }) {
  const t = useTranslations('incidents.report.outcome')
  const steps = useTranslations('incidents.step')
  const detail = [step && steps(`${step}.title`), touched !== null && steps('touched', { count: touched })].filter(Boolean)
  return (
    <div>
      {actionName(action as AuditAction)}
      {(outcome === 'failure' || outcome === 'denied') && ` (${t(outcome)})`}
      {detail.length > 0 && <span className="block text-[0.8125rem] text-muted">{detail.join(', ')}</span>}
    </div>
  )
}
