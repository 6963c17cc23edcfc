'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import type { Preflight } from '@/contracts/api-clients'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import type { ConnectChoice } from './connect-choice'
import { useStartAuthorization, type StartedAuthorization } from './mutations'
import { usePageReturn } from './use-page-return'

type GoCardProps = {
  choice: ConnectChoice
  /** The connection to renew; null for a first connect. */
  reconnects: string | null
  preflight: UseQueryResult<Preflight>
  /** The flow was started, and its way back is by hand. */
  onPaste: (started: StartedAuthorization) => void
}

/** Says where the browser goes, and goes there. */
export function GoCard({ choice, reconnects, preflight, onPaste }: GoCardProps) {
  const t = useTranslations('authorizations.connect')
  const { mutate, reset, error, isPending } = useStartAuthorization()
  const [isLeaving, setLeaving] = useState(false)
  usePageReturn(() => {
    setLeaving(false)
    reset()
  })
  const { upstream, redirectUri } = choice
  const host = choice.consentHost ?? upstream.label
  const go = () =>
    mutate({ apiClientId: choice.id, ...(reconnects === null ? {} : { connectionId: reconnects }) }, {
      onSuccess: (started) => {
        if (started.mode === 'paste') return onPaste(started)
        setLeaving(true)
        window.location.assign(started.location)
      },
    })
  const isReady = preflight.data?.ready !== false
  const isBusy = isPending || isLeaving
  const label = upstream.sandbox ? t('continueSandbox') : t('continueOctorate')
  return (
    <Card className="xl:sticky xl:top-8">
      <CardHeader>
        <CardTitle>{t('goTitle')}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col items-start gap-4">
        <p className="max-w-prose text-pretty wrap-anywhere">{t(goText(choice, preflight.data), { host })}</p>
        {preflight.data?.mode === 'paste' && (
          <p className="max-w-prose text-pretty wrap-anywhere">{t('goPaste', { uri: showInvisible(redirectUri) })}</p>
        )}
        {error !== null && <ProblemAlert error={error} className="w-full" />}
        {!isReady && <Alert tone="danger" title={t('notReady')} className="w-full" />}
        <div className="flex w-full flex-wrap items-center gap-x-4 gap-y-2">
          <Button
            variant={isReady ? 'primary' : 'secondary'}
            size="lg"
            onClick={go}
            loading={isBusy}
            disabled={preflight.isPending}
            className="max-sm:w-full xl:w-full"
          >
            {isReady ? label : t('anyway')}
            {!isBusy && <ArrowRight aria-hidden />}
          </Button>
          {preflight.isPending && <p className="text-[0.8125rem] text-muted">{t('checkedFirst')}</p>}
          {isLeaving && <p className="text-[0.8125rem] text-muted">{t('leaving', { host })}</p>}
        </div>
        <LiveRegion message={isLeaving ? t('leaving', { host }) : ''} />
      </CardContent>
    </Card>
  )
}

function goText({ upstream }: ConnectChoice, preflight: Preflight | undefined) {
  if (preflight?.mode === 'paste') return 'goTextPaste'
  return upstream.sandbox ? 'goTextSandbox' : 'goText'
}
