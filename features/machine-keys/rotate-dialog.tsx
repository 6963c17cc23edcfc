'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import type { MachineKeyDetail } from '@/contracts/machine-keys'
import { pages } from '@/contracts/paths'
import { KeyDialog } from './key-dialog'
import { RotateForm } from './rotate-form'

type RotateDialogProps = { machineKey: MachineKeyDetail; now: string; publicUrl: string; isOffered: boolean }

/** The button that makes a successor and says when this key ends. */
export function RotateDialog({ machineKey, now, publicUrl, isOffered }: RotateDialogProps) {
  const t = useTranslations('machineKeys')
  const router = useRouter()
  const { name } = machineKey
  return (
    <KeyDialog
      trigger={isOffered ? <Button variant="primary">{t('detail.rotate')}</Button> : null}
      title={t('rotate.title', { name })}
      description={t('rotate.text')}
      revealTitle={() => t('reveal.rotatedTitle', { name })}
      publicUrl={publicUrl}
      onShown={(made) => router.push(pages.machineKey(made.machineKey.id))}
    >
      {(onMade) => <RotateForm machineKey={machineKey} now={now} onMade={onMade} />}
    </KeyDialog>
  )
}
