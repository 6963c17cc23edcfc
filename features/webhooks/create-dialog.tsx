'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog'
import { pages } from '@/contracts/paths'
import type { RevealedWebhook } from '@/contracts/webhooks'
import { CreateForm } from './create-form'
import { RevealSecret } from './reveal-secret'

/** The button that opens the form for a new webhook; its signing secret follows in the same place, once. */
export function CreateDialog() {
  const t = useTranslations('webhooks')
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<RevealedWebhook | null>(null)
  const finish = ({ webhook }: RevealedWebhook) => {
    setOpen(false)
    setMade(null)
    router.push(pages.webhook(webhook.id))
  }
  const take = (created: RevealedWebhook) => (created.secret === null ? finish(created) : setMade(created))
  return (
    <Dialog open={open} onOpenChange={(next) => (made === null ? setOpen(next) : undefined)}>
      <DialogTrigger asChild>
        <Button variant="primary">{t('create')}</Button>
      </DialogTrigger>
      {made !== null && made.secret !== null ? (
        <DialogContent title={t('reveal.title', { name: made.webhook.name })} description={t('reveal.text')} closeLabel={t('reveal.close')} locked>
          <RevealSecret secret={made.secret} onStored={() => finish(made)} />
        </DialogContent>
      ) : (
        <DialogContent title={t('form.title')} description={t('form.text')} closeLabel={t('form.cancel')}>
          <CreateForm onMade={take} />
        </DialogContent>
      )}
    </Dialog>
  )
}
