'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { beginOidcSignIn } from '../auth-request'

export type OidcButtonProps = {
  provider: string
  returnTo: string
  onRefusal: (error: unknown) => void
  /** Whether there is no other way in. */
  isOnly: boolean
}

/** Goes to the OpenID Connect provider. */
export function OidcButton({ provider, returnTo, onRefusal, isOnly }: OidcButtonProps) {
  const t = useTranslations('signIn')
  const [busy, setBusy] = useState(false)
  const leave = async () => {
    setBusy(true)
    try {
      window.location.assign(await beginOidcSignIn(returnTo))
    } catch (error) {
      setBusy(false)
      onRefusal(error)
    }
  }
  return (
    <>
      {!isOnly && (
        <p className="flex items-center gap-3 text-[0.8125rem] text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
          {t('or')}
        </p>
      )}
      <Button size="lg" variant={isOnly ? 'primary' : undefined} loading={busy} onClick={() => void leave()}>
        {t('oidc', { provider })}
      </Button>
    </>
  )
}
