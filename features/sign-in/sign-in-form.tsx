'use client'

import { useCallback, useRef, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { PasswordInput } from '@/components/password-input'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { signInWithPassword } from '../auth-request'
import { OidcButton } from './oidc-button'
import { SignInError, type Wait } from './sign-in-error'

export type SignInFormProps = {
  /** A page of ours, checked by the server. */
  returnTo: string
  /** Name of the OpenID Connect provider; null when there is none. */
  provider: string | null
  /** False where everybody comes through the provider. */
  takesPasswords: boolean
  /** Error code that next-auth put into the address. */
  error: string | null
}

function waitFrom(nowMs: number, seconds: number): Wait {
  return { now: nowMs, until: nowMs + seconds * 1_000 }
}

/** E-mail and password, and the provider's button when there is one. */
export function SignInForm({ returnTo, provider, takesPasswords, error }: SignInFormProps) {
  const t = useTranslations('signIn')
  const [refusal, setRefusal] = useState<unknown>(error)
  const [wait, setWait] = useState<Wait | null>(null)
  const [busy, setBusy] = useState(false)
  /** The password was right, and a code is asked for now. */
  const [needsCode, setNeedsCode] = useState(false)
  const password = useRef<HTMLInputElement>(null)
  const code = useRef<HTMLInputElement>(null)
  const focusCode = useCallback((element: HTMLInputElement | null) => {
    code.current = element
    element?.focus()
  }, [])

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setRefusal(null)
    setWait(null)
    const form = new FormData(event.currentTarget)
    try {
      const refused = await signInWithPassword(String(form.get('email')), String(form.get('password')), String(form.get('code') ?? ''))
      if (refused === null) return window.location.replace(returnTo)
      const isStep = refused.code === 'two_factor_needed'
      setNeedsCode(isStep || (needsCode && refused.code !== 'CredentialsSignin'))
      setRefusal(isStep ? null : refused.code)
      setWait(refused.retryAfterSeconds === null ? null : waitFrom(Date.now(), refused.retryAfterSeconds))
    } catch (thrown) {
      setRefusal(thrown)
    }
    setBusy(false)
    const next = code.current ?? password.current
    next?.focus()
    next?.select()
  }

  return (
    <div className="flex flex-col gap-5">
      {refusal !== null && <SignInError refusal={refusal} provider={provider} wait={wait} />}
      {takesPasswords && (
        <>
          {/* A post, so that a form sent before the script runs puts no password into an address. */}
          <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
            <Field label={t('email')} required>
              <Input name="email" type="email" autoComplete="username" autoCapitalize="none" spellCheck={false} />
            </Field>
            <Field label={t('password')} required>
              <PasswordInput
                ref={password}
                name="password"
                autoComplete="current-password"
                labels={{ show: t('showPassword'), hide: t('hidePassword') }}
              />
            </Field>
            {needsCode && (
              <Field label={t('code')} hint={t('codeHint')} required>
                {/* The password was right: this is where one goes on. */}
                <Input ref={focusCode} name="code" mono autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} maxLength={40} />
              </Field>
            )}
            <Button type="submit" variant="primary" size="lg" loading={busy} className="mt-1">
              {t(needsCode ? 'submitCode' : 'submit')}
            </Button>
          </form>
        </>
      )}
      {provider !== null && <OidcButton provider={provider} returnTo={returnTo} onRefusal={setRefusal} isOnly={!takesPasswords} />}
    </div>
  )
}
