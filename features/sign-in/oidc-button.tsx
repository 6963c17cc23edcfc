'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { beginOidcSignIn } from '../auth-request'

export type OidcButtonProps = { provider: string; returnTo: string; onRefusal: (error: unknown) => void }

/** Goes to the OpenID Connect provider. */
export function OidcButton({ provider, returnTo, onRefusal }: OidcButtonProps) {
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
      <p className="flex items-center gap-3 text-[0.8125rem] text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t('or')}
      </p>
      <Button size="lg" loading={busy} onClick={() => void leave()}>
        {t('oidc', { provider })}
      </Button>
    </>
  )
}
