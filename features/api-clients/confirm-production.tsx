'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { ProblemAlert } from '../problem-state'

export type ConfirmProductionProps = {
  name: string
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Rejects to stay open. */
  onConfirm: () => Promise<unknown>
  error: unknown
}

/** Asks before an API client begins to act on real properties. */
export function ConfirmProduction({ name, open, onOpenChange, onConfirm, error }: ConfirmProductionProps) {
  const t = useTranslations('apiClients')
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('production.title', { name })}
      consequence={t('production.consequence')}
      confirmLabel={t('production.confirm')}
      cancelLabel={t('cancel')}
      onConfirm={onConfirm}
    >
      {error !== null && <ProblemAlert error={error} />}
    </ConfirmDialog>
  )
}
