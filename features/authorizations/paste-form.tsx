'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, type ClipboardEvent, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import { pages } from '@/contracts/paths'
import { ProblemAlert } from '../problem-state'
import { problemOf } from '../request'
import { useCompleteAuthorization } from './mutations'
import { mayPasteAgain } from './paste-again'

type PasteFormProps = {
  authorizationId: string
  redirectUri: string
  /** When it changes the field takes the focus, so that one key pastes. */
  focusOn?: number | null
  /** This flow can't be finished any more. */
  onOver?: () => void
}

/** Takes the address that the browser ended on, and sends it the moment that it is pasted: a minute is short. */
export function PasteForm({ authorizationId, redirectUri, focusOn = null, onOver }: PasteFormProps) {
  const t = useTranslations('authorizations.paste')
  const router = useRouter()
  const field = useRef<HTMLTextAreaElement>(null)
  const [address, setAddress] = useState('')
  const { mutate, error, isPending, isSuccess } = useCompleteAuthorization(authorizationId, (connectionId) =>
    router.push(pages.connection(connectionId)),
  )
  const code = error === null ? null : problemOf(error).code
  const isOver = code !== null && !mayPasteAgain(code)

  useEffect(() => {
    if (focusOn !== null) field.current?.focus()
  }, [focusOn])

  const send = (text: string) => {
    if (text === '' || isPending || isSuccess) return
    mutate(text, {
      onError: (refusal) => {
        if (!mayPasteAgain(problemOf(refusal).code)) onOver?.()
      },
    })
  }
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text').trim()
    if (text === '') return
    event.preventDefault()
    setAddress(text)
    send(text)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send(address.trim())
  }
  return (
    <form onSubmit={submit} className="flex flex-col items-start gap-3">
      <Field label={t('field')} className="w-full">
        <Textarea
          ref={field}
          mono
          value={address}
          onChange={(event) => setAddress(event.target.value)}
          onPaste={paste}
          placeholder={t('placeholder', { uri: redirectUri })}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          rows={3}
          disabled={isOver}
          readOnly={isPending || isSuccess}
        />
      </Field>
      {error !== null && <ProblemAlert error={error} className="w-full" />}
      {isOver ? (
        <ButtonLink href={pages.authorization(authorizationId)}>{t('seeAttempt')}</ButtonLink>
      ) : (
        <Button type="submit" loading={isPending || isSuccess} disabled={address.trim() === ''}>
          {isPending || isSuccess ? t('sending') : t('send')}
        </Button>
      )}
    </form>
  )
}
