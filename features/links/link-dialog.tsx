'use client'

import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import type { MadeLink } from '@/contracts/links'
import { MadeLinkBody } from './made-link-body'
import { nameOfLink } from './use-list-columns'

type LinkDialogProps = {
  trigger: ReactNode
  title: string
  description: string
  now: string
  /** The form; it hands over what was made. Mounted with the dialog, so that it begins anew each time. */
  children: (onMade: (made: MadeLink) => void) => ReactNode
}

/** A form that makes a link, and then, in its place, that link: once. With the dialog its address is gone from the page. */
export function LinkDialog({ trigger, title, description, now, children }: LinkDialogProps) {
  const t = useTranslations('links')
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<MadeLink | null>(null)
  const change = (next: boolean) => {
    setOpen(next)
    if (!next) setMade(null)
  }
  const isNamed = made !== null && (made.link.connection !== null || made.link.propertyId !== null)
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent
        title={made === null ? title : isNamed ? t('made.title', { name: nameOfLink(made.link, t) }) : t('made.titleAny')}
        description={made === null ? description : t('made.text')}
        size="lg"
        closeLabel={t('close')}
        locked
      >
        {made === null ? children(setMade) : <MadeLinkBody made={made} now={now} />}
      </DialogContent>
    </Dialog>
  )
}
