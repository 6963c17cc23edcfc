'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { Skeleton } from '@/components/ui/skeleton'
import { acceptInvitation, openInvitation, type OpenedInvitation } from '@/contracts/invitations'
import { pages } from '@/contracts/paths'
import { ProblemAlert } from '../problem-state'
import { callEndpoint } from '../request'
import { NewAccountForm } from './new-account-form'
import { useLinkToken } from './use-link-token'

/** What an invitation offers, and how to take it. */
export function JoinScreen() {
  const t = useTranslations('join')
  const token = useLinkToken()
  const { data, error } = useQuery({
    queryKey: ['invitation', token] as const,
    queryFn: ({ signal }) => callEndpoint(openInvitation, { body: { token: token ?? '' }, signal }),
    enabled: token !== null,
    retry: false,
    staleTime: Infinity,
  })
  if (error !== null) {
    return (
      <div className="flex flex-col gap-4">
        <ProblemAlert error={error} />
        <ButtonLink href={pages.signIn()}>{t('toSignIn')}</ButtonLink>
      </div>
    )
  }
  if (token === null || data === undefined) return <Opening label={t('loading')} />
  return <Offer token={token} invitation={data} />
}

function Offer({ token, invitation }: { token: string; invitation: OpenedInvitation }) {
  const t = useTranslations('join')
  const roles = useTranslations('shell.roles')
  const { organizationName, email, role, hasAccount } = invitation
  return (
    <div className="flex flex-col gap-5">
      <Alert tone="accent" title={t('invites', { organization: organizationName })}>
        {t('asRole', { role: roles(role), email })}
      </Alert>
      {hasAccount ? <JoinWithAccount token={token} /> : <NewAccountForm token={token} invitation={invitation} />}
    </div>
  )
}

function JoinWithAccount({ token }: { token: string }) {
  const t = useTranslations('join')
  const join = useMutation({
    mutationFn: () => callEndpoint(acceptInvitation, { body: { token, account: null } }),
    onSuccess: () => window.location.replace(pages.signIn()),
  })
  return (
    <>
      <p className="text-muted">{t('hasAccount')}</p>
      {join.isError && <ProblemAlert error={join.error} />}
      <Button variant="primary" size="lg" loading={join.isPending || join.isSuccess} onClick={() => join.mutate()}>
        {t('join')}
      </Button>
    </>
  )
}

function Opening({ label }: { label: string }) {
  return (
    <div className="flex flex-col gap-4">
      <output className="sr-only">{label}</output>
      <Skeleton className="h-16 w-full" />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-9 w-full" />
    </div>
  )
}
