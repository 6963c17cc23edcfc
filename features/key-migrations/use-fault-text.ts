import { useTranslations } from 'use-intl'
import type { KeyFault } from '@/lib/key-migrations/key-fault'
import { showInvisible } from '@/lib/text/show-invisible'

const LONGEST_HEADING = 30

/** What is wrong with a line, and in which column: "column 2 (property_id): A spreadsheet has rounded this number". */
export function useFaultText(headings: readonly string[]): (fault: KeyFault) => { atColumn: string; atLine: string } {
  const t = useTranslations('keyMigrations')
  return ({ number, column, fault: code, of = 0, character = '' }) => {
    const heading = showInvisible(headings[column - 1] ?? '', LONGEST_HEADING)
    const place = heading === '' ? t('place', { column }) : t('placeNamed', { column, name: heading })
    const fault = t(`fault.${code}`, { of, character })
    return { atColumn: t('faultAt', { place, fault }), atLine: t('faultIn', { line: number, place, fault }) }
  }
}
