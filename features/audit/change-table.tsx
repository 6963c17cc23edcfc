'use client'

import { useTranslations } from 'use-intl'
import type { AuditEventDto } from '@/contracts/audit'
import { factName } from './action-name'
import { shownFact } from './shown-fact'

/** What an act changed, fact by fact; what stayed as it was is left out. */
export function ChangeTable({ change: { before, after } }: { change: NonNullable<AuditEventDto['change']> }) {
  const t = useTranslations('audit.drawer')
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => shownFact(before[name]) !== shownFact(after[name]))
  if (names.length === 0) return <p className="text-muted">{t('noChange')}</p>
  return (
    <table className="w-full text-left text-sm">
      <caption className="pb-1 text-left font-medium">{t('change')}</caption>
      <thead className="text-muted">
        <tr className="border-b">
          <th scope="col" className="py-1.5 pr-3 font-normal">{t('fact')}</th>
          <th scope="col" className="py-1.5 pr-3 font-normal">{t('before')}</th>
          <th scope="col" className="py-1.5 font-normal">{t('after')}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name} className="border-b align-top last:border-b-0">
            <th scope="row" className="py-1.5 pr-3 font-normal">{factName(name)}</th>
            <td className="py-1.5 pr-3 wrap-anywhere line-through decoration-muted">{shownFact(before[name])}</td>
            <td className="py-1.5 font-medium wrap-anywhere">{shownFact(after[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
