'use client'

import { Download } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { buttonVariants } from '@/components/ui/button-variants'
import { cn } from '@/components/ui/cn'
import { exportAudit, type AuditQuery } from '@/contracts/audit'
import { searchOf } from './audit-query'

/** Takes the log along: what the filters show as a table, or all of it with its chain. The browser saves while it comes. */
export function ExportLinks({ query }: { query: AuditQuery }) {
  const t = useTranslations('audit.export')
  const href = (search: Readonly<Record<string, string | undefined>>) => `${exportAudit.path}?${searchOf(search)}`
  return (
    <>
      <a href={href({ ...query, before: undefined, format: 'csv' })} download className={cn(buttonVariants())}>
        <Download aria-hidden />
        {t('csv')}
      </a>
      <a href={href({ format: 'jsonl' })} download className={cn(buttonVariants())}>
        <Download aria-hidden />
        {t('jsonl')}
      </a>
    </>
  )
}
