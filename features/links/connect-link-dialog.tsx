'use client'

import { useQuery } from '@tanstack/react-query'
import { useId, useState, type FormEvent, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogClose, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { MadeLink } from '@/contracts/links'
import { ProblemAlert } from '../problem-state'
import { returnAddressQueries } from '../return-addresses/queries'
import { LinkDialog } from './link-dialog'
import { useCreateConnectLink } from './mutations'
import { isRecipientSound, NO_RECIPIENT, RecipientFields, toWish } from './recipient-fields'

/** An API client by which a link may be made. */
export type LinkableClient = { id: string; name: string }

type ConnectLinkDialogProps = {
  apiClients: readonly LinkableClient[]
  now: string
  /** Filled in already, where it is known which property is meant. */
  propertyId?: string
  /** Opens it, in place of its own button. */
  trigger?: ReactNode
}

/** A link for a hotelier who connects for the first time. */
export function ConnectLinkDialog({ apiClients, now, propertyId = '', trigger }: ConnectLinkDialogProps) {
  const t = useTranslations('links.first')
  return (
    <LinkDialog
      trigger={
        trigger ?? (
          <Button variant="primary" disabled={apiClients.length === 0}>
            {t('open')}
          </Button>
        )
      }
      title={t('title')}
      description={t('text')}
      now={now}
    >
      {(onMade) => <ConnectForm apiClients={apiClients} propertyId={propertyId} onMade={onMade} />}
    </LinkDialog>
  )
}

const PROPERTY_ID = /^[\x21-\x7e]{0,100}$/

type ConnectFormProps = Required<Pick<ConnectLinkDialogProps, 'apiClients' | 'propertyId'>> & { onMade: (made: MadeLink) => void }

function ConnectForm({ apiClients, propertyId: meant, onMade }: ConnectFormProps) {
  const t = useTranslations('links')
  const formId = useId()
  const [values, setValues] = useState({ ...NO_RECIPIENT, apiClientId: apiClients[0]?.id ?? '', propertyId: meant, successUrl: '', errorUrl: '' })
  const [isTried, setTried] = useState(false)
  const create = useCreateConnectLink()
  const addresses = useQuery({ ...returnAddressQueries.list(values.apiClientId), enabled: values.apiClientId !== '' })
  const change = (part: Partial<typeof values>) => setValues({ ...values, ...part })
  const isEmailWrong = !isRecipientSound(values)
  const isPropertyWrong = !PROPERTY_ID.test(values.propertyId.trim())

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (create.isPending || isEmailWrong || isPropertyWrong) return
    const { apiClientId, propertyId, successUrl, errorUrl } = values
    const filled = Object.entries({ propertyId: propertyId.trim(), successUrl, errorUrl }).filter(([, value]) => value !== '')
    create.mutate({ apiClientId, ...toWish(values), ...Object.fromEntries(filled) }, { onSuccess: onMade })
  }
  const items = addresses.data?.items ?? []
  const back = (name: 'successUrl' | 'errorUrl', label: string) => (
    <Field label={label}>
      <Select value={values[name]} onChange={(event) => change({ [name]: event.target.value })}>
        <option value="">{t('first.nowhere')}</option>
        {items.map(({ id, uri }) => (
          <option key={id} value={uri}>
            {uri}
          </option>
        ))}
      </Select>
    </Field>
  )
  return (
    <>
      <DialogBody>
        <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
          {apiClients.length > 1 && (
            <Field label={t('first.apiClient')}>
              <Select value={values.apiClientId} onChange={(event) => change({ apiClientId: event.target.value, successUrl: '', errorUrl: '' })}>
                {apiClients.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          <Field
            label={t('first.propertyId')}
            optionalText={t('fields.optional')}
            hint={t('first.propertyIdHint')}
            error={isTried && isPropertyWrong ? t('fields.mistakes.propertyId') : undefined}
          >
            <Input name="propertyId" value={values.propertyId} onChange={(event) => change({ propertyId: event.target.value })} maxLength={100} autoComplete="off" />
          </Field>
          <RecipientFields values={values} onChange={change} isEmailWrong={isTried && isEmailWrong} />
          {items.length > 0 && back('successUrl', t('first.success'))}
          {items.length > 0 && back('errorUrl', t('first.error'))}
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
