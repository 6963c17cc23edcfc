'use client'

import { useQuery } from '@tanstack/react-query'
import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast-store'
import { isTicketUrl } from '@/lib/links/ticket-url'
import { ProblemAlert } from '../problem-state'
import { useChangeLinkSettings } from './mutations'
import { linkQueries } from './queries'

/** How links go together with the support desk's own tool. */
export function SettingsDialog({ consoleUrl }: { consoleUrl: string }) {
  const t = useTranslations('links')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>{t('settings.open')}</Button>
      </DialogTrigger>
      <DialogContent title={t('settings.title')} description={t('settings.text')} closeLabel={t('close')}>
        <SettingsForm consoleUrl={consoleUrl} onSaved={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

function SettingsForm({ consoleUrl, onSaved }: { consoleUrl: string; onSaved: () => void }) {
  const t = useTranslations('links')
  const formId = useId()
  const { data } = useQuery(linkQueries.settings())
  const [typed, setTyped] = useState<string | null>(null)
  const [isWrong, setWrong] = useState(false)
  const save = useChangeLinkSettings()
  const value = typed ?? data?.ticketUrl ?? ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const ticketUrl = value.trim() === '' ? null : value.trim()
    const isBad = ticketUrl !== null && !isTicketUrl(ticketUrl)
    setWrong(isBad)
    if (isBad || save.isPending) return
    save.mutate({ ticketUrl }, {
      onSuccess: () => {
        toast.success(t('settings.saved'))
        onSaved()
      },
    })
  }
  return (
    <>
      <DialogBody>
        <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field label={t('settings.field')} hint={t('settings.hint')} error={isWrong ? t('settings.mistake') : undefined}>
            <Input name="ticketUrl" value={value} onChange={(event) => setTyped(event.target.value)} maxLength={500} autoComplete="off" />
          </Field>
          <p className="text-[0.8125rem] text-pretty wrap-anywhere text-muted">{t('settings.stable', { address: `${consoleUrl}/p/…` })}</p>
          {save.isError && <ProblemAlert error={save.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={save.isPending}>
          {t('settings.save')}
        </Button>
      </DialogFooter>
    </>
  )
}
