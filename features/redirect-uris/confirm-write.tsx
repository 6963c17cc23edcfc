'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { Alert } from '@/components/ui/alert'
import { CONFIRMATION_PHRASES } from '@/contracts/redirect-uris'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import type { PlannedWrite } from './uri-lines'

export type ConfirmWriteProps = {
  plan: Pick<PlannedWrite, 'remove' | 'confirmation' | 'removesInUse'>
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Gets the phrase that was typed; rejects to stay open. */
  onConfirm: (phrase: string) => Promise<unknown>
  error: unknown
}

/** Asks, by typing, before redirect URIs are taken away at Octorate. */
export function ConfirmWrite({ plan, open, onOpenChange, onConfirm, error }: ConfirmWriteProps) {
  const t = useTranslations('redirectUris.confirm')
  const isAll = plan.confirmation === 'remove_all'
  const phrase = CONFIRMATION_PHRASES[plan.confirmation]
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={isAll ? t('titleAll') : t('title', { count: plan.remove.length })}
      consequence={t(isAll ? 'consequenceAll' : 'consequence')}
      confirmLabel={t('confirm')}
      cancelLabel={t('cancel')}
      phrase={phrase}
      phraseLabel={t('phrase')}
      onConfirm={() => onConfirm(phrase)}
    >
      <div>
        <p className="text-[0.8125rem] text-muted">{t('removed')}</p>
        <ul className="font-mono text-xs leading-5 wrap-anywhere">
          {plan.remove.map((uri) => (
            <li key={uri}>{showInvisible(uri)}</li>
          ))}
        </ul>
      </div>
      {plan.removesInUse && (
        <Alert tone="danger" title={t('inUse')}>
          {t('inUseText')}
        </Alert>
      )}
      {error !== null && <ProblemAlert error={error} />}
    </ConfirmDialog>
  )
}
