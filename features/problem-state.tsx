'use client'

import { RefreshCw } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ErrorState } from '@/components/error-state'
import { RequestId } from '@/components/request-id'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { isErrorCode } from '@/contracts/errors'
import type { Problem } from '@/contracts/problem'
import { problemOf } from './request'

export type ProblemStateProps = {
  /** What was thrown: a ProblemError, or anything else. */
  error: unknown
  /** Draws "Try again". */
  onRetry?: (() => void) | undefined
  retrying?: boolean | undefined
  /** More buttons, beside "Try again". */
  actions?: React.ReactNode
  /** `page` fills the place of the content, `inline` sits above it. */
  variant?: 'page' | 'inline' | undefined
  className?: string | undefined
}

/** A refusal in full: what happened, whose turn it is, what to do next, the request ids, and a retry. */
export function ProblemState({ error, onRetry, retrying, actions, variant, className }: ProblemStateProps) {
  const t = useTranslations('problems')
  const problem = problemOf(error)
  const { what, next } = useProblemText()(problem)
  const hasActions = onRetry !== undefined || actions !== undefined
  return (
    <ErrorState
      title={what}
      turn={t(`turn.${problem.turn}`)}
      next={<NextStep next={next} problem={problem} />}
      actions={
        hasActions ? (
          <>
            {onRetry !== undefined && (
              <Button variant="primary" onClick={onRetry} loading={retrying}>
                <RefreshCw aria-hidden />
                {t('retry')}
              </Button>
            )}
            {actions}
          </>
        ) : undefined
      }
      requestId={problem.requestId || undefined}
      requestIdLabel={t('requestId')}
      variant={variant}
      className={className}
    />
  )
}

/** The same in a form or a dialog, above its buttons. */
export function ProblemAlert({ error, className }: { error: unknown; className?: string | undefined }) {
  const t = useTranslations('problems')
  const problem = problemOf(error)
  const { what, next } = useProblemText()(problem)
  return (
    <Alert tone="danger" role="alert" title={what} className={className}>
      <NextStep next={`${t(`turn.${problem.turn}`)}: ${next}`} problem={problem} />
      {problem.requestId !== '' && <RequestId id={problem.requestId} label={t('requestId')} />}
    </Alert>
  )
}

/** Gives the two sentences of a problem: what happened, and what to do next. */
export function useProblemText(): (problem: Problem) => { what: string; next: string } {
  const own = useTranslations('problems')
  const t = useTranslations('errors')
  return (problem) => {
    const { code } = problem
    if (code === 'unreachable' || code === 'outdated') return { what: own(`${code}.what`), next: own(`${code}.next`) }
    if (isErrorCode(code)) return { what: t(`${code}.what`), next: t(`${code}.next`) }
    return { what: problem.title, next: problem.detail }
  }
}

function NextStep({ next, problem }: { next: string; problem: Problem }) {
  const t = useTranslations('problems')
  const { retryAfterSeconds, upstreamRequestId } = problem
  return (
    <>
      <p>{next}</p>
      {retryAfterSeconds !== undefined && <p>{t('retryAfter', { seconds: retryAfterSeconds })}</p>}
      {upstreamRequestId !== undefined && <RequestId id={upstreamRequestId} label={t('upstreamRequestId')} />}
    </>
  )
}
