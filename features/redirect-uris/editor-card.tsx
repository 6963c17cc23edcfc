'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '@/components/relative-time'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardAction, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { toast } from '@/components/ui/toast-store'
import type { RedirectUriState } from '@/contracts/redirect-uris'
import { useDraftLetter } from '../letters/mutations'
import { ProblemAlert } from '../problem-state'
import { ConfirmWrite } from './confirm-write'
import { useReadRedirectUris, useUnwantRedirectUri, useWantRedirectUri, useWriteRedirectUris } from './mutations'
import { UriLineItem } from './uri-line-item'
import { planWrite, toUriLines, type PlannedWrite } from './uri-lines'

export type EditorCardProps = { apiClientId: string; state: RedirectUriState; now: string; mayWrite: boolean }

/** The wanted list beside Octorate's, what would change, and the button that changes it: or the letter that asks for it. */
export function EditorCard({ apiClientId, state, now, mayWrite }: EditorCardProps) {
  const t = useTranslations('redirectUris')
  const [dropped, setDropped] = useState<readonly string[]>([])
  const [asking, setAsking] = useState(false)
  const read = useReadRedirectUris(apiClientId)
  const want = useWantRedirectUri(apiClientId)
  const unwant = useUnwantRedirectUri(apiClientId)
  const write = useWriteRedirectUris(apiClientId)
  const draft = useDraftLetter(apiClientId)
  const lines = toUriLines(state, dropped)
  const plan = planWrite(state, lines)
  const isLocked = state.live?.environment === 'PRODUCTION'
  const problem = [write, draft, want, unwant, read].find(({ isError }) => isError)?.error
  const acts = {
    onDrop: (uri: string) => setDropped([...dropped, uri]),
    onKeep: (uri: string) => setDropped(dropped.filter((each) => each !== uri)),
    onWant: (uri: string) => want.mutate({ uri }),
    onUnwant: (wantedId: string) => unwant.mutate(wantedId),
    busy: want.isPending || unwant.isPending || write.isPending,
  }
  const send = async ({ add, remove }: PlannedWrite, confirmation: string) => {
    await write.mutateAsync({ add, remove, confirmation })
    setDropped([])
    toast.success(t('editor.written'))
  }
  const act = (planned: PlannedWrite) => {
    write.reset()
    if (isLocked) return draft.mutate({ kind: 'redirect_uris', redirectUris: [...planned.after] })
    if (planned.confirmation !== 'none') return setAsking(true)
    // The mutation keeps what went wrong, and the card shows it.
    send(planned, '').catch(() => undefined)
  }

  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('editor.title')}</CardTitle>
        <CardDescription>
          {state.live === null ? t('editor.neverRead') : <>{t('editor.readAt')} <RelativeTime at={state.live.readAt} now={now} /></>}
        </CardDescription>
        {mayWrite && (
          <CardAction>
            <Button
              size="sm"
              variant={state.live === null ? 'primary' : 'secondary'}
              loading={read.isPending}
              onClick={() => read.mutate(undefined, { onSuccess: () => toast.success(t('readDone')) })}
            >
              {t(state.live === null ? 'read' : 'readAgain')}
            </Button>
          </CardAction>
        )}
      </CardHeader>
      {lines.length === 0 ? (
        <CardContent className="text-muted">{t('editor.empty')}</CardContent>
      ) : (
        <ul aria-label={t('editor.list')} className="divide-y border-t">
          {lines.map((line) => (
            <UriLineItem key={line.uri} line={line} isRead={state.live !== null} acts={mayWrite ? acts : null} />
          ))}
        </ul>
      )}
      <div className="flex flex-col gap-3 px-4 not-empty:py-4 sm:px-5">
        {isLocked && (
          <Alert tone="warning" title={t('editor.locked')}>
            {t('editor.lockedText')}
          </Alert>
        )}
        {problem !== undefined && !asking && <ProblemAlert error={problem} />}
      </div>
      <CardFooter>
        {plan === null ? (
          <p className="mr-auto text-[0.8125rem] text-muted">{state.live === null ? t('editor.neverRead') : t('editor.upToDate')}</p>
        ) : (
          mayWrite && (
            <Button
              variant="primary"
              className="h-auto min-h-9 py-1.5 whitespace-normal"
              loading={write.isPending || draft.isPending}
              onClick={() => act(plan)}
            >
              {t(isLocked ? 'editor.letter' : 'editor.write', {
                before: plan.before, after: plan.after.length, adds: plan.add.length, removes: plan.remove.length,
              })}
            </Button>
          )
        )}
      </CardFooter>
      {plan !== null && (
        <ConfirmWrite
          plan={plan}
          open={asking}
          onOpenChange={setAsking}
          onConfirm={(phrase) => send(plan, phrase)}
          error={write.isError ? write.error : null}
        />
      )}
    </Card>
  )
}
