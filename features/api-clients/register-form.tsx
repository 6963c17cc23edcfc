'use client'

import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { PasswordInput } from '@/components/password-input'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Card, CardContent, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { toast } from '@/components/ui/toast-store'
import { useFirstInvalidFocus } from '@/components/use-first-invalid-focus'
import type { UpstreamChoice as Upstream } from '@/contracts/api-clients'
import { pages } from '@/contracts/paths'
import type { Role } from '@/contracts/permissions'
import { ProblemAlert } from '../problem-state'
import { checkApiClient, NO_MISTAKES, type ApiClientField, type ApiClientValues } from './check-api-client'
import { ConfirmProduction } from './confirm-production'
import { EnvironmentChoice } from './environment-choice'
import { useRegisterApiClient } from './mutations'
import { RedirectUriChoice } from './redirect-uri-choice'
import { UpstreamChoice } from './upstream-choice'

const FIELDS: readonly ApiClientField[] = ['name', 'clientId', 'clientSecret', 'environment', 'upstreamId', 'apiVersion', 'redirectUri']

/** Registers an API client; production is asked about once more. `upstreams` has at least one. */
export function RegisterForm({ upstreams, role }: { upstreams: readonly [Upstream, ...Upstream[]]; role: Role }) {
  const t = useTranslations('apiClients')
  const router = useRouter()
  const [values, setValues] = useState<ApiClientValues>(() => ({
    name: '', clientId: '', clientSecret: '', environment: 'SANDBOX', upstreamId: upstreams[0].id, apiVersion: 'v1', redirect: 'ours', redirectUri: '',
  }))
  const [mistakes, setMistakes] = useState(NO_MISTAKES)
  const [asking, setAsking] = useState(false)
  const form = useFirstInvalidFocus(mistakes)
  const register = useRegisterApiClient()
  const allowLoopbackHttp = upstreams.find((upstream) => upstream.id === values.upstreamId)?.sandbox ?? false
  const change = (part: Partial<ApiClientValues>) => setValues({ ...values, ...part })

  const send = async () => {
    const { redirect, redirectUri, ...rest } = values
    const made = await register.mutateAsync(redirect === 'other' ? { ...rest, redirectUri } : rest)
    toast.success(t('new.done', { name: made.name }))
    router.push(pages.goLive(made.id))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (register.isPending || register.isSuccess) return
    const found = checkApiClient(values, { allowLoopbackHttp, fields: FIELDS })
    setMistakes(found)
    if (found !== NO_MISTAKES) return
    register.reset()
    if (values.environment === 'PRODUCTION') return setAsking(true)
    // The mutation keeps what went wrong, and the form shows it.
    send().catch(() => undefined)
  }
  const text = (name: 'name' | 'clientId' | 'clientSecret' | 'apiVersion') => ({
    name,
    value: values[name],
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
    autoComplete: 'off',
    spellCheck: false,
  })
  const errorOf = (name: Exclude<ApiClientField, 'redirectUri'>) => (mistakes[name] ? t(`mistakes.${name}`) : undefined)

  return (
    <>
      <form ref={form} method="post" noValidate onSubmit={submit} className="flex max-w-3xl flex-col gap-5">
        <Card>
          <CardHeader>
            <CardTitle>{t('new.identity')}</CardTitle>
          </CardHeader>
          <CardContent className="flex flex-col gap-4">
            <Field label={t('fields.name')} hint={t('fields.nameHint')} error={errorOf('name')} required>
              <Input {...text('name')} maxLength={80} />
            </Field>
            <Field label={t('fields.clientId')} hint={t('fields.clientIdHint')} error={errorOf('clientId')} required>
              <Input {...text('clientId')} mono autoCapitalize="none" />
            </Field>
            <Field label={t('fields.clientSecret')} hint={t('fields.clientSecretHint')} error={errorOf('clientSecret')} required>
              <PasswordInput
                {...text('clientSecret')}
                mono
                autoComplete="new-password"
                labels={{ show: t('fields.showSecret'), hide: t('fields.hideSecret') }}
              />
            </Field>
          </CardContent>
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>{t('new.where')}</CardTitle>
          </CardHeader>
          <CardContent className="flex flex-col gap-5">
            <UpstreamChoice
              upstreams={upstreams}
              value={values.upstreamId}
              onChange={(upstreamId) => change({ upstreamId })}
              error={errorOf('upstreamId')}
            />
            <EnvironmentChoice value={values.environment} onChange={(environment) => change({ environment })} role={role} />
            <Field label={t('fields.apiVersion')} hint={t('fields.apiVersionHint')} error={errorOf('apiVersion')} required>
              <Input {...text('apiVersion')} mono className="max-w-24" autoCapitalize="none" />
            </Field>
            <RedirectUriChoice
              value={values}
              onChange={change}
              ours={null}
              allowLoopbackHttp={allowLoopbackHttp}
              isRefused={mistakes.redirectUri === true}
            />
            {register.isError && !asking && <ProblemAlert error={register.error} />}
          </CardContent>
          <CardFooter>
            <ButtonLink href={pages.apiClients()}>{t('new.cancel')}</ButtonLink>
            <Button type="submit" variant="primary" loading={register.isPending || register.isSuccess}>
              {t('new.submit')}
            </Button>
          </CardFooter>
        </Card>
      </form>
      {/* Outside the form: what its own form sends would arrive here as well. */}
      <ConfirmProduction
        name={values.name}
        open={asking}
        onOpenChange={setAsking}
        onConfirm={send}
        error={register.isError ? register.error : null}
      />
    </>
  )
}
