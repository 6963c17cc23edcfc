import { useTranslations } from 'use-intl'
import { isErrorCode } from '@/contracts/errors'
import { IMPORT_REASONS, type ImportLineDto, type ImportReason } from '@/contracts/imports'

/** What is said of a line besides its state, and what to do about it. */
export function useLineText(): (line: Pick<ImportLineDto, 'state' | 'reason'>) => { reason: string; next: string } {
  const t = useTranslations('imports')
  const errors = useTranslations('errors')
  return ({ reason }) => {
    if (reason === null) return { reason: '', next: '' }
    if (isOwn(reason)) return { reason: t(`reason.${reason}`), next: '' }
    return isErrorCode(reason) ? { reason: errors(`${reason}.what`), next: errors(`${reason}.next`) } : { reason, next: '' }
  }
}

function isOwn(reason: string): reason is ImportReason {
  return (IMPORT_REASONS as readonly string[]).includes(reason)
}
