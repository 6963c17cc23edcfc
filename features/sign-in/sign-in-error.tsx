'use client'

import { useTranslations } from 'use-intl'
import { Countdown } from '@/components/countdown'
import { MINUTE_THRESHOLDS } from '@/components/remaining'
import { Alert } from '@/components/ui/alert'
import { isErrorCode } from '@/contracts/errors'
import { ProblemAlert } from '../problem-state'

/** From when until when nobody may try, in milliseconds since 1970 of this browser's clock. */
export interface Wait {
  readonly now: number
  readonly until: number
}

type SignInErrorProps = { refusal: unknown; provider: string | null; wait: Wait | null }

/** Why nobody was signed in: a code of next-auth, one of ours, or whatever was thrown. */
export function SignInError({ refusal, provider, wait }: SignInErrorProps) {
  const t = useTranslations('signIn')
  const errors = useTranslations('errors')
  if (typeof refusal !== 'string') return <ProblemAlert error={refusal} />
  const { what, next } = ((): { what: string; next: string } => {
    if (refusal === 'CredentialsSignin') return { what: t('errors.credentials'), next: t('errors.credentialsNext') }
    if (refusal === 'AccessDenied') return { what: t('errors.denied'), next: t('errors.deniedNext') }
    if (isErrorCode(refusal)) return { what: errors(`${refusal}.what`), next: errors(`${refusal}.next`) }
    if (provider !== null) return { what: t('errors.provider', { provider }), next: t('errors.providerNext') }
    return { what: errors('internal.what'), next: errors('internal.next') }
  })()
  return (
    <Alert tone="danger" role="alert" title={what}>
      {wait === null ? (
        next
      ) : (
        <p className="flex flex-wrap items-center gap-x-1.5">
          {t('errors.tryAgainIn')}
          <Countdown {...wait} key={wait.until} thresholds={MINUTE_THRESHOLDS} overText={t('errors.tryAgainNow')} />
        </p>
      )}
    </Alert>
  )
}
