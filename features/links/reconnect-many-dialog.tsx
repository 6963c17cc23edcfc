'use client'

import { Send } from 'lucide-react'
import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import type { ConnectionSummary } from '@/contracts/connections'
import { MOST_LINKS_AT_ONCE, type CreatedReconnectLinks } from '@/contracts/links'
import { showInvisible } from '@/lib/text/show-invisible'
import { newCampaignForHref } from '../campaigns/campaign-query'
import { ProblemAlert } from '../problem-state'
import { MadeLinksBody } from './made-links-body'
import { useCreateReconnectLink } from './mutations'
import { NO_RECIPIENT, OccasionFields, toWish } from './recipient-fields'

type Chosen = Pick<ConnectionSummary, 'id' | 'name'>

type ReconnectManyDialogProps = {
  connections: readonly Chosen[]
  now: string
  /** Links were made, and the dialog is closed. */
  onDone: () => void
}

/** Makes a link for each of several connections; closed, their addresses are gone from the page. */
export function ReconnectManyDialog({ connections, now, onDone }: ReconnectManyDialogProps) {
  const t = useTranslations('links')
  const [open, setOpen] = useState(false)
  const [result, setResult] = useState<CreatedReconnectLinks | null>(null)
  const change = (next: boolean) => {
    setOpen(next)
    if (next || result === null) return
    setResult(null)
    onDone()
  }
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary" size="sm">
          <Send aria-hidden />
          {t('many.open')}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={result === null ? t('many.title', { count: connections.length }) : t('many.made', { count: result.made.length })}
        description={t(result === null ? 'many.text' : 'many.madeText')}
        size="lg"
        closeLabel={t('close')}
        locked
      >
        {result === null ? <ManyForm connections={connections} onMade={setResult} /> : <MadeLinksBody {...result} now={now} />}
      </DialogContent>
    </Dialog>
  )
}

/** From here on it is a day's work to send links one by one. */
const CAMPAIGN_FROM = 20

function ManyForm({ connections, onMade }: { connections: readonly Chosen[]; onMade: (made: CreatedReconnectLinks) => void }) {
  const t = useTranslations('links')
  const formId = useId()
  const [values, setValues] = useState(NO_RECIPIENT)
  const create = useCreateReconnectLink()
  const isTooMany = connections.length > MOST_LINKS_AT_ONCE
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (create.isPending || isTooMany) return
    create.mutate({ connectionIds: connections.map(({ id }) => id), ...toWish(values) }, { onSuccess: onMade })
  }
  return (
    <>
      <DialogBody>
        {connections.length >= CAMPAIGN_FROM && (
          <Alert
            tone={isTooMany ? 'warning' : 'info'}
            title={isTooMany ? t('many.tooMany', { most: MOST_LINKS_AT_ONCE }) : t('many.campaign')}
            actions={<ButtonLink href={newCampaignForHref(connections.map(({ id }) => id))}>{t('many.startCampaign')}</ButtonLink>}
          >
            {t('many.campaignText')}
          </Alert>
        )}
        <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
          <OccasionFields values={values} onChange={(part) => setValues({ ...values, ...part })} languageLabel={t('many.language')} />
          {create.isError && <ProblemAlert error={create.error} />}
        </form>
        <details className="text-sm">
          <summary className="w-fit text-muted">{t('many.which', { count: connections.length })}</summary>
          <ul className="mt-2 max-h-48 overflow-y-auto rounded-md border bg-sunken px-3 py-2">
            {connections.map(({ id, name }) => (
              <li key={id} className="wrap-anywhere">
                {showInvisible(name)}
              </li>
            ))}
          </ul>
        </details>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" disabled={isTooMany} loading={create.isPending}>
          {t('many.submit', { count: connections.length })}
        </Button>
      </DialogFooter>
    </>
  )
}
