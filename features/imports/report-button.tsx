'use client'

import { useTranslations } from 'use-intl'
import { listImportLines, type ImportDetail, type ImportLineDto } from '@/contracts/imports'
import { toCsv } from '@/lib/text/to-csv'
import { callEndpoint } from '../request'
import { SaveButton } from '../save-button'
import { useLineText } from './use-line-text'

const AT_ONCE = 1_000

/** Hands out what became of every line. */
export function ReportButton({ detail }: { detail: ImportDetail }) {
  const t = useTranslations('imports')
  const textOf = useLineText()
  const make = async () => {
    const lines = await readAll(detail)
    const head = (['line', 'property', 'name', 'outcome', 'reason', 'next', 'connection'] as const).map((column) => t(`report.${column}`))
    const rows = lines.map((line) => {
      const { reason, next } = textOf(line)
      return [line.number, line.propertyId, line.name, t(`lineState.${line.state}`), reason, next, line.connectionId]
    })
    return { csv: toCsv([head, ...rows]), fileName: t('detail.reportFile', { name: detail.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-') }) }
  }
  return <SaveButton label={t('detail.report')} make={make} />
}

async function readAll({ id, total }: ImportDetail): Promise<ImportLineDto[]> {
  const lines: ImportLineDto[] = []
  for (let offset = 0; offset < total; offset += AT_ONCE) {
    const { items } = await callEndpoint(listImportLines, { params: { id }, query: { offset, limit: AT_ONCE } })
    lines.push(...items)
  }
  return lines
}
