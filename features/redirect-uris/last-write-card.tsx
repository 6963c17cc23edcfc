'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { StatusPill } from '@/components/status-pill'
import { Button } from '@/components/ui/button'
import { Card, CardAction, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
import { toast } from '@/components/ui/toast-store'
import type { RedirectUriState } from '@/contracts/redirect-uris'
import { confirmationFor, diffRedirectUris } from '@/lib/oauth/redirect-uri-list'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import { ConfirmWrite } from './confirm-write'
import { useUndoRedirectUriWrite } from './mutations'

const TONES = { sent: 'warning', verified: 'success', overtaken: 'warning', failed: 'danger' } as const

export type LastWriteCardProps = {
  apiClientId: string
  state: RedirectUriState
  lastWrite: NonNullable<RedirectUriState['lastWrite']>
  now: string
  mayWrite: boolean
}

/** The last write to Octorate: what it changed, whether it arrived, and the way back. */
export function LastWriteCard({ apiClientId, state, lastWrite, now, mayWrite }: LastWriteCardProps) {
  const t = useTranslations('redirectUris.lastWrite')
  const [asking, setAsking] = useState(false)
  const undo = useUndoRedirectUriWrite(apiClientId)
  const { before, after } = lastWrite
  const { added, removed } = diffRedirectUris(after, before)
  const change = { add: removed, remove: added }
  const confirmation = confirmationFor(state.live?.uris ?? [], change)
  const send = async (phrase: string) => {
    await undo.mutateAsync({ writeId: lastWrite.id, confirmation: phrase })
    toast.success(t('undoDone'))
  }
  const act = () => {
    undo.reset()
    if (confirmation !== 'none') return setAsking(true)
    send('').catch(() => undefined)
  }
  const isUndoable = mayWrite && lastWrite.state === 'verified' && !lastWrite.undone && state.live?.environment !== 'PRODUCTION'
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        {isUndoable && (
          <CardAction>
            <Button size="sm" loading={undo.isPending} onClick={act}>
              {t('undo')}
            </Button>
          </CardAction>
        )}
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <StatusPill tone={lastWrite.undone ? 'neutral' : TONES[lastWrite.state]}>
            {lastWrite.undone ? t('undone') : t(`state.${lastWrite.state}`)}
          </StatusPill>
          <RelativeTime at={lastWrite.at} now={now} className="text-[0.8125rem] text-muted" />
        </p>
        <div className="text-[0.8125rem]">
          <p className="text-muted">{t('change', { before: before.length, after: after.length })}</p>
          <ul className="wrap-anywhere">
            {added.map((uri) => (
              <li key={uri}>{t('added', { uri: showInvisible(uri) })}</li>
            ))}
            {removed.map((uri) => (
              <li key={uri}>{t('removed', { uri: showInvisible(uri) })}</li>
            ))}
          </ul>
        </div>
        {undo.isError && !asking && <ProblemAlert error={undo.error} />}
      </CardContent>
      <ConfirmWrite
        plan={{ remove: [...added], confirmation, removesInUse: added.includes(state.inUse) }}
        open={asking}
        onOpenChange={setAsking}
        onConfirm={send}
        error={undo.isError ? undo.error : null}
      />
    </Card>
  )
}
