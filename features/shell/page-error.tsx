'use client'

import { useTransition } from 'react'
import { useTranslations } from 'use-intl'
import { ERRORS } from '@/contracts/errors'
import { ProblemState } from '../problem-state'
import { ProblemError } from '../request'
import { parsePageDigest } from './page-digest'

export type PageErrorProps = { error: Error & { digest?: string }; retry: () => void }

/** In place of a page whose data could not be had. Its digest carries the refusal's code and the request id. */
export function PageError({ error, retry }: PageErrorProps) {
  const [retrying, start] = useTransition()
  const t = useTranslations('shell')
  return (
    <>
      <h1 className="sr-only">{t('error.title')}</h1>
      <ProblemState error={problemFrom(error.digest)} onRetry={() => start(retry)} retrying={retrying} />
    </>
  )
}

function problemFrom(digest: string | undefined): ProblemError {
  const { code, requestId } = parsePageDigest(digest)
  const { status, turn } = ERRORS[code]
  return new ProblemError({ type: `urn:keyrack:problem:${code}`, title: code, detail: '', status, code, turn, requestId })
}
