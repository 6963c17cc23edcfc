'use client'

import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import { isErrorCode } from '@/contracts/errors'
import { ProblemAlert } from '../problem-state'

/** Why nobody was signed in: a code of next-auth, one of ours, or whatever was thrown. */
export function SignInError({ refusal, provider }: { refusal: unknown; provider: string | null }) {
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
      {next}
    </Alert>
  )
}
