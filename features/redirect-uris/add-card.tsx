'use client'

import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { RedirectUriState } from '@/contracts/redirect-uris'
import { findLookAlike } from '@/lib/oauth/redirect-uri-list'
import { checkRedirectUri } from '@/lib/oauth/redirect-uri-rules'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import { useWantRedirectUri } from './mutations'

/** Puts an address onto the wanted list; says at once what Octorate would not take, and what looks like another. */
export function AddCard({ apiClientId, state }: { apiClientId: string; state: RedirectUriState }) {
  const t = useTranslations('redirectUris.add')
  const editor = useTranslations('redirectUris.editor')
  const findings = useTranslations('apiClients.redirect.findings')
  const [uri, setUri] = useState('')
  const [note, setNote] = useState('')
  const [isTried, setTried] = useState(false)
  const want = useWantRedirectUri(apiClientId)
  const wanted = state.wanted.map((each) => each.uri)
  const [finding] = checkRedirectUri(uri.trim(), { allowLoopbackHttp: state.allowLoopbackHttp })
  const lookAlike = uri.trim() === '' ? null : findLookAlike(uri.trim(), [...wanted, ...(state.live?.uris ?? [])])
  const error = finding?.level === 'error' ? findings(finding.code) : wanted.includes(uri.trim()) ? t('there') : undefined

  const add = (body: { uri: string; note?: string }) =>
    want.mutate(body, {
      onSuccess: () => {
        setUri('')
        setNote('')
        setTried(false)
      },
    })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (error === undefined && !want.isPending) add({ uri: uri.trim(), ...(note.trim() === '' ? {} : { note: note.trim() }) })
  }
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
      </CardHeader>
      <CardContent>
        <form noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field label={t('uri')} hint={t('uriHint')} error={isTried ? error : undefined} required>
            <Input
              mono
              name="uri"
              value={uri}
              onChange={(event) => setUri(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              inputMode="url"
            />
          </Field>
          {finding?.level === 'warning' && <p className="text-[0.8125rem] text-warning-text">{findings(finding.code)}</p>}
          {lookAlike !== null && (
            <output className="text-[0.8125rem] wrap-anywhere text-warning-text">
              {editor('lookAlike', { uri: showInvisible(lookAlike.uri), difference: lookAlike.difference })}
            </output>
          )}
          <Field label={t('note')} hint={t('noteHint')}>
            <Input name="note" value={note} onChange={(event) => setNote(event.target.value)} maxLength={120} autoComplete="off" />
          </Field>
          {want.isError && <ProblemAlert error={want.error} />}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" loading={want.isPending}>
              {t('submit')}
            </Button>
            {!wanted.includes(state.callbackUri) && (
              <Button variant="ghost" disabled={want.isPending} onClick={() => add({ uri: state.callbackUri })}>
                {t('ours')}
              </Button>
            )}
          </div>
        </form>
      </CardContent>
    </Card>
  )
}
