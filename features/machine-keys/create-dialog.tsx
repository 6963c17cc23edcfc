'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { CreateForm } from './create-form'
import { KeyDialog } from './key-dialog'

/** The button that opens the form for a new key. */
export function CreateDialog({ now, publicUrl }: { now: string; publicUrl: string }) {
  const t = useTranslations('machineKeys')
  return (
    <KeyDialog
      trigger={<Button variant="primary">{t('create')}</Button>}
      title={t('new.title')}
      description={t('new.text')}
      revealTitle={({ machineKey }) => t('reveal.createdTitle', { name: machineKey.name })}
      publicUrl={publicUrl}
    >
      {(onMade) => <CreateForm now={now} onMade={onMade} />}
    </KeyDialog>
  )
}
