'use client'

import { useTranslations } from 'use-intl'
import { ErrorState } from '@/components/error-state'
import { ButtonLink } from '@/components/ui/button-link'
import type { ErrorCode } from '@/contracts/errors'
import { pages } from '@/contracts/paths'
import { ProblemState } from '../problem-state'
import { problemOfCode } from './problem-of-code'

type ConnectProblemProps = {
  /** One of our own codes; null when the address named none. */
  code: ErrorCode | null
  /** A UUID, or empty. */
  requestId: string
}

/** A return from Octorate that belongs to no flow: our own words, and nothing else that stood in the address. */
export function ConnectProblem({ code, requestId }: ConnectProblemProps) {
  const t = useTranslations('authorizations.problem')
  const actions = (
    <ButtonLink variant="primary" href={pages.newConnection()}>
      {t('startAgain')}
    </ButtonLink>
  )
  if (code !== null) return <ProblemState error={problemOfCode(code, requestId)} actions={actions} variant="inline" />
  return (
    <ErrorState
      title={t('generic.what')}
      next={t('generic.next')}
      actions={actions}
      variant="inline"
      requestId={requestId === '' ? undefined : requestId}
      requestIdLabel={t('requestId')}
    />
  )
}
