'use client'

import { Phone } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import type { Call } from '@/contracts/campaigns'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'
import { PhoneCode } from '../links/made-link-body'
import { ProblemAlert } from '../problem-state'
import { useMakeRecipientCode } from './mutations'

type PhoneCodeDialogProps = { campaignId: string; call: Call; now: string }

/** A code for a hotelier on the phone: made when asked for, because it lives for half an hour. */
export function PhoneCodeDialog({ campaignId, call: { recipientId, connection, contact }, now }: PhoneCodeDialogProps) {
  const t = useTranslations('campaigns.code')
  const links = useTranslations('links')
  const [open, setOpen] = useState(false)
  const make = useMakeRecipientCode(campaignId, recipientId)
  const change = (next: boolean) => {
    setOpen(next)
    if (!next) make.reset()
  }
  const name = showInvisible(connection.name)
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={t('openFor', { name })}>
          <Phone aria-hidden />
          {t('open')}
        </Button>
      </DialogTrigger>
      <DialogContent title={t('title', { name })} description={t('text')} closeLabel={links('close')}>
        <DialogBody>
          {make.data !== undefined && <PhoneCode code={make.data.phoneCode} now={now} />}
          {make.data === undefined && <p className="text-muted">{[contact.name, contact.phone].filter((part) => part !== null).join(', ') || t('nobody')}</p>}
          {make.isError && <ProblemAlert error={make.error} />}
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild>
            <Button>{links('close')}</Button>
          </DialogClose>
          {make.data === undefined ? (
            <Button variant="primary" loading={make.isPending} onClick={() => make.mutate()}>
              {t('make')}
            </Button>
          ) : (
            <ButtonLink variant="primary" href={pages.link(make.data.linkId)}>
              {links('made.watch')}
            </ButtonLink>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}
