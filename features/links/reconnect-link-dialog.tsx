'use client'

import { Send } from 'lucide-react'
import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogClose, DialogFooter } from '@/components/ui/dialog'
import type { ConnectionDetail } from '@/contracts/connections'
import type { MadeLink } from '@/contracts/links'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import { LinkDialog } from './link-dialog'
import { useCreateReconnectLink } from './mutations'
import { isRecipientSound, NO_RECIPIENT, RecipientFields, toWish } from './recipient-fields'

type ReconnectLinkDialogProps = { connection: Pick<ConnectionDetail, 'id' | 'name' | 'contact'>; now: string; primary?: boolean }

/** Sends the hotelier of one connection a link, with what is known of the contact. */
export function ReconnectLinkDialog({ connection, now, primary = false }: ReconnectLinkDialogProps) {
  const t = useTranslations('links.send')
  return (
    <LinkDialog
      trigger={
        <Button variant={primary ? 'primary' : 'secondary'}>
          <Send aria-hidden />
          {t('open')}
        </Button>
      }
      title={t('title', { name: showInvisible(connection.name) })}
      description={t('text')}
      now={now}
    >
      {(onMade) => <ReconnectForm connection={connection} onMade={onMade} />}
    </LinkDialog>
  )
}

function ReconnectForm({ connection: { id, contact }, onMade }: { connection: ReconnectLinkDialogProps['connection']; onMade: (made: MadeLink) => void }) {
  const t = useTranslations('links')
  const formId = useId()
  const [values, setValues] = useState({
    ...NO_RECIPIENT, recipientName: contact.name ?? '', recipientEmail: contact.email ?? '', language: contact.language ?? NO_RECIPIENT.language,
  })
  const [isTried, setTried] = useState(false)
  const create = useCreateReconnectLink()
  const isEmailWrong = !isRecipientSound(values)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (create.isPending || isEmailWrong) return
    create.mutate({ connectionIds: [id], ...toWish(values) }, { onSuccess: ({ made: [first] }) => first && onMade(first) })
  }
  return (
    <>
      <DialogBody>
        <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
          <RecipientFields values={values} onChange={(part) => setValues({ ...values, ...part })} isEmailWrong={isTried && isEmailWrong} />
          {create.isError && <ProblemAlert error={create.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={create.isPending}>
          {t(values.byMail ? 'send.mail' : 'send.submit')}
        </Button>
      </DialogFooter>
    </>
  )
}
