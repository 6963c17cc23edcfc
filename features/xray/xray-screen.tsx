'use client'

import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { KeyValueList } from '@/components/key-value-list'
import { SecretTail } from '@/components/secret-tail'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { toast } from '@/components/ui/toast-store'
import type { UpstreamChoice as Upstream } from '@/contracts/api-clients'
import { pages } from '@/contracts/paths'
import { roleMay, type Role } from '@/contracts/permissions'
import { findCredentials } from '@/lib/xray/find-credentials'
import { useRegisterApiClient } from '../api-clients/mutations'
import { UpstreamChoice } from '../api-clients/upstream-choice'
import { ProblemAlert } from '../problem-state'
import { useTakeXray } from './mutations'
import { XrayReport } from './xray-report'

/** Takes Octorate's whole mail, finds the credentials in it, and says what they are good for. The mail stays in this browser. */
export function XrayScreen({ upstreams, role }: { upstreams: readonly [Upstream, ...Upstream[]]; role: Role }) {
  const t = useTranslations('xray')
  const router = useRouter()
  const [mail, setMail] = useState('')
  const [upstreamId, setUpstreamId] = useState(upstreams[0].id)
  const [isTried, setTried] = useState(false)
  const xray = useTakeXray()
  const keep = useRegisterApiClient()
  const { clientId, clientSecret } = findCredentials(mail)
  const isComplete = clientId !== null && clientSecret !== null
  const error = mail.trim() === '' ? t('empty') : clientId === null ? t('noId') : clientSecret === null ? t('noSecret') : undefined

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isComplete && !xray.isPending) xray.mutate({ clientId, clientSecret, upstreamId })
  }
  const environment = xray.data?.configuration?.environment ?? 'SANDBOX'
  const mayKeep = environment === 'SANDBOX' || roleMay(role, 'api-clients:production')
  const register = () => {
    if (!isComplete) return
    const name = xray.data?.configuration?.applicationName ?? t('defaultName')
    keep.mutate(
      { name: name.slice(0, 80), clientId, clientSecret, environment, upstreamId },
      {
        onSuccess: (made) => {
          toast.success(t('kept', { name: made.name }))
          setMail('')
          router.push(pages.goLive(made.id))
        },
      },
    )
  }
  return (
    <>
      <Card>
        <CardHeader>
          <CardTitle>{t('paste')}</CardTitle>
          <CardDescription>{t('pasteText')}</CardDescription>
        </CardHeader>
        <CardContent>
          <form method="post" noValidate onSubmit={submit} className="flex max-w-3xl flex-col gap-5">
            <Field label={t('mail')} hint={t('mailHint')} error={isTried ? error : undefined} required>
              <Textarea
                mono
                className="min-h-40"
                value={mail}
                onChange={(event) => {
                  setMail(event.target.value)
                  xray.reset()
                }}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
              />
            </Field>
            <div aria-live="polite">
              {(clientId !== null || clientSecret !== null) && (
                <KeyValueList
                  items={[
                    { term: t('foundId'), value: clientId === null ? t('notFound') : <code className="font-mono text-[0.8125rem] wrap-anywhere">{clientId}</code> },
                    {
                      term: t('foundSecret'),
                      value: clientSecret === null ? t('notFound') : <SecretTail last4={clientSecret.length < 12 ? '' : clientSecret.slice(-4)} label={t('secretTail')} />,
                    },
                  ]}
                />
              )}
            </div>
            <UpstreamChoice upstreams={upstreams} value={upstreamId} onChange={setUpstreamId} />
            {xray.isError && <ProblemAlert error={xray.error} />}
            <Button type="submit" variant="primary" className="w-fit" loading={xray.isPending}>
              {t('submit')}
            </Button>
          </form>
        </CardContent>
      </Card>
      {xray.data !== undefined && clientId !== null && <XrayReport xray={xray.data} clientId={clientId} />}
      {xray.data?.login === 'accepted' && xray.data.knownAs === null && (
        <Alert
          tone="accent"
          title={t('keepTitle')}
          actions={
            mayKeep && (
              <Button variant="primary" loading={keep.isPending || keep.isSuccess} onClick={register}>
                {t('keep')}
              </Button>
            )
          }
        >
          {t(mayKeep ? 'keepText' : 'keepOwnersOnly')}
          {keep.isError && <ProblemAlert error={keep.error} className="mt-2" />}
        </Alert>
      )}
    </>
  )
}
