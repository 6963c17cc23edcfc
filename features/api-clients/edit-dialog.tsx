'use client'

import { useId, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast-store'
import { useFirstInvalidFocus } from '@/components/use-first-invalid-focus'
import type { ApiClientDetail } from '@/contracts/api-clients'
import type { Role } from '@/contracts/permissions'
import { ProblemAlert } from '../problem-state'
import { checkApiClient, NO_MISTAKES, type ApiClientField, type ApiClientValues } from './check-api-client'
import { ConfirmProduction } from './confirm-production'
import { EnvironmentChoice } from './environment-choice'
import { useChangeApiClient } from './mutations'
import { RedirectUriChoice } from './redirect-uri-choice'

const FIELDS: readonly ApiClientField[] = ['name', 'environment', 'apiVersion', 'redirectUri']

/** Changes name, environment, version and redirect URI; the step into production is asked about once more. */
export function EditDialog({ apiClient, role }: { apiClient: ApiClientDetail; role: Role }) {
  const t = useTranslations('apiClients')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>{t('detail.edit')}</Button>
      </DialogTrigger>
      <DialogContent title={t('edit.title')} size="lg" closeLabel={t('close')} locked>
        <EditForm apiClient={apiClient} role={role} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

/** Mounted with the dialog, so that it begins with the newest state each time. */
function EditForm({ apiClient, role, onDone }: { apiClient: ApiClientDetail; role: Role; onDone: () => void }) {
  const t = useTranslations('apiClients')
  const formId = useId()
  const [values, setValues] = useState(() => valuesOf(apiClient))
  const [mistakes, setMistakes] = useState(NO_MISTAKES)
  const [asking, setAsking] = useState(false)
  const form = useFirstInvalidFocus(mistakes)
  const save = useChangeApiClient(apiClient.id)
  const allowLoopbackHttp = apiClient.upstream.sandbox
  const change = (part: Partial<ApiClientValues>) => setValues({ ...values, ...part })

  const send = async () => {
    const { name, environment, apiVersion, redirect, redirectUri } = values
    await save.mutateAsync({ name, environment, apiVersion, redirectUri: redirect === 'ours' ? apiClient.callbackUri : redirectUri })
    toast.success(t('edit.done'))
    onDone()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (save.isPending) return
    const found = checkApiClient(values, { allowLoopbackHttp, fields: FIELDS })
    setMistakes(found)
    if (found !== NO_MISTAKES) return
    save.reset()
    if (values.environment === 'PRODUCTION' && apiClient.environment !== 'PRODUCTION') return setAsking(true)
    // The mutation keeps what went wrong, and the form shows it.
    send().catch(() => undefined)
  }

  return (
    <>
      <DialogBody>
        <form ref={form} id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
          <Field label={t('fields.name')} hint={t('fields.nameHint')} error={mistakes.name && t('mistakes.name')} required>
            <Input name="name" value={values.name} onChange={(event) => change({ name: event.target.value })} maxLength={80} autoComplete="off" />
          </Field>
          <EnvironmentChoice
            value={values.environment}
            onChange={(environment) => change({ environment })}
            role={role}
            isProduction={apiClient.environment === 'PRODUCTION'}
          />
          <Field label={t('fields.apiVersion')} hint={t('fields.apiVersionHint')} error={mistakes.apiVersion && t('mistakes.apiVersion')} required>
            <Input
              mono
              name="apiVersion"
              value={values.apiVersion}
              onChange={(event) => change({ apiVersion: event.target.value })}
              className="max-w-24"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
          <RedirectUriChoice
            value={values}
            onChange={change}
            ours={apiClient.callbackUri}
            allowLoopbackHttp={allowLoopbackHttp}
            isRefused={mistakes.redirectUri === true}
          />
          {save.isError && !asking && <ProblemAlert error={save.error} />}
        </form>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" form={formId} variant="primary" loading={save.isPending && !asking}>
          {t('edit.submit')}
        </Button>
      </DialogFooter>
      <ConfirmProduction
        name={values.name}
        open={asking}
        onOpenChange={setAsking}
        onConfirm={send}
        error={save.isError ? save.error : null}
      />
    </>
  )
}

function valuesOf(apiClient: ApiClientDetail): ApiClientValues {
  const { name, clientId, environment, upstream, apiVersion, redirectUri, callbackUri } = apiClient
  const isOurs = redirectUri === callbackUri
  return {
    name, clientId, clientSecret: '', environment, upstreamId: upstream.id, apiVersion,
    redirect: isOurs ? 'ours' : 'other',
    redirectUri: isOurs ? '' : redirectUri,
  }
}
