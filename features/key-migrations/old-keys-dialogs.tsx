'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/confirm-dialog'
import { focusContent } from '@/components/focus-content'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { toast } from '@/components/ui/toast-store'
import { ProblemAlert } from '../problem-state'
import { useEraseOldKeys, useRetireOldKeys } from './mutations'

type OldKeysDialogProps = { ids: readonly string[]; onDone: () => void }

/** Notes that keys are out of use. */
export function RetireOldKeysDialog({ ids, onDone }: OldKeysDialogProps) {
  const t = useTranslations('keyMigrations.oldKeys.retire')
  const { mutateAsync, error, reset } = useRetireOldKeys()
  return (
    <ConfirmDialog
      trigger={<Button>{t('action')}</Button>}
      tone="accent"
      onOpenChange={() => reset()}
      title={t('title', { count: ids.length })}
      consequence={t('consequence')}
      confirmLabel={t('confirm')}
      cancelLabel={t('keep')}
      onConfirm={async () => {
        const { retired, left } = await mutateAsync(ids)
        onDone()
        focusContent()
        toast.success(t('done', { retired, left }))
      }}
    >
      {error !== null && <ProblemAlert error={error} />}
    </ConfirmDialog>
  )
}

/** Wipes keys for good, after the word was typed. */
export function EraseOldKeysDialog({ ids, onDone }: OldKeysDialogProps) {
  const t = useTranslations('keyMigrations.oldKeys.erase')
  const { mutateAsync, error, reset } = useEraseOldKeys()
  return (
    <ConfirmDialog
      trigger={<Button variant="danger-quiet">{t('action')}</Button>}
      onOpenChange={() => reset()}
      title={t('title', { count: ids.length })}
      consequence={t('consequence')}
      confirmLabel={t('confirm')}
      cancelLabel={t('keep')}
      phrase={t('phrase')}
      phraseLabel={t('phraseLabel', { phrase: '{phrase}' })}
      onConfirm={async (form) => {
        const { erased, left } = await mutateAsync({ ids, evenUnmigrated: form.get('evenUnmigrated') !== null })
        onDone()
        focusContent()
        toast.success(t('done', { erased, left }))
      }}
    >
      <Checkbox name="evenUnmigrated" label={t('even')} hint={t('evenHint')} />
      {error !== null && <ProblemAlert error={error} />}
    </ConfirmDialog>
  )
}
