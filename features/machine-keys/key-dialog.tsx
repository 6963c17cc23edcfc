'use client'

import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast-store'
import type { RevealedMachineKey } from '@/contracts/machine-keys'
import { RevealKey } from './reveal-key'

export type KeyDialogProps = {
  /** The button that opens it; null when there is nothing to open any more. */
  trigger: ReactNode
  title: string
  description: string
  /** Title over the key that was made. */
  revealTitle: (made: RevealedMachineKey) => string
  publicUrl: string
  /** After the key was shown and the dialog closed. */
  onShown?: ((made: RevealedMachineKey) => void) | undefined
  /** The form; it hands over what was made. Mounted with the dialog, so that it begins anew each time. */
  children: (onMade: (made: RevealedMachineKey) => void) => ReactNode
}

/** A form that makes a key, and then, in its place, that key: once. With the dialog the key is gone from the page. */
export function KeyDialog({ trigger, title, description, revealTitle, publicUrl, onShown, children }: KeyDialogProps) {
  const t = useTranslations('machineKeys')
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<RevealedMachineKey | null>(null)
  const [isWarned, setWarned] = useState(false)

  const close = () => {
    setOpen(false)
    setMade(null)
    setWarned(false)
    if (made !== null) onShown?.(made)
  }
  const change = (next: boolean) => {
    if (next) return setOpen(true)
    // A slip of the hand must not cost a key.
    if (made !== null && !isWarned) return setWarned(true)
    close()
  }
  const stored = () => {
    if (made !== null) toast.success(t('reveal.done', { name: made.machineKey.name }))
    close()
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      {trigger !== null && <DialogTrigger asChild>{trigger}</DialogTrigger>}
      <DialogContent
        title={made === null ? title : revealTitle(made)}
        description={made === null ? description : t('reveal.text')}
        size="lg"
        closeLabel={t('close')}
        locked
      >
        {made === null ? children(setMade) : <RevealKey made={made} publicUrl={publicUrl} isWarned={isWarned} onStored={stored} />}
      </DialogContent>
    </Dialog>
  )
}
