'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { saveCsv } from '@/components/save-csv'
import { Button } from '@/components/ui/button'
import { listImportLines, type ImportDetail, type ImportLineDto } from '@/contracts/imports'
import { toCsv } from '@/lib/text/to-csv'
import { ProblemAlert } from '../problem-state'
import { callEndpoint } from '../request'
import { useLineText } from './use-line-text'

const AT_ONCE = 1_000

/** Hands out what became of every line, as a file that a spreadsheet opens without running anything. */
export function ReportButton({ detail }: { detail: ImportDetail }) {
  const t = useTranslations('imports')
  const textOf = useLineText()
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const download = async () => {
    setIsBusy(true)
    setError(null)
    try {
      const lines = await readAll(detail)
      const head = (['line', 'property', 'name', 'outcome', 'reason', 'next', 'connection'] as const).map((column) => t(`report.${column}`))
      const rows = lines.map((line) => {
        const { reason, next } = textOf(line)
        return [line.number, line.propertyId, line.name, t(`lineState.${line.state}`), reason, next, line.connectionId]
      })
      saveCsv(toCsv([head, ...rows]), t('detail.reportFile', { name: detail.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-') }))
    } catch (caught) {
      setError(caught)
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <>
      <Button onClick={() => void download()} loading={isBusy}>
        <Download aria-hidden />
        {t('detail.report')}
      </Button>
      {error !== null && <ProblemAlert error={error} />}
    </>
  )
}

async function readAll({ id, total }: ImportDetail): Promise<ImportLineDto[]> {
  const lines: ImportLineDto[] = []
  for (let offset = 0; offset < total; offset += AT_ONCE) {
    const { items } = await callEndpoint(listImportLines, { params: { id }, query: { offset, limit: AT_ONCE } })
    lines.push(...items)
  }
  return lines
}
