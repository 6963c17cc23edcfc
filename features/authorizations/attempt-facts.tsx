'use client'

import { useTranslations } from 'use-intl'
import { CopyButton } from '@/components/copy-button'
import { KeyValueList } from '@/components/key-value-list'
import { RelativeTime } from '@/components/relative-time'
import type { AuthorizationDetail } from '@/contracts/authorizations'
import { showInvisible } from '@/lib/text/show-invisible'
import { isUnderWay } from './queries'
import { upstreamRequestIdOf } from './strip-steps'

/** What to quote when asking for help, and what the attempt was made with. */
export function AttemptFacts({ attempt, now }: { attempt: AuthorizationDetail; now: string }) {
  const t = useTranslations('authorizations.attempt.facts')
  const upstreamRequestId = upstreamRequestIdOf(attempt.steps)
  return (
    <KeyValueList
      items={[
        { term: t('apiClient'), value: attempt.apiClient.name },
        { term: t('redirectUri'), value: <Id text={attempt.redirectUri} /> },
        { term: t('started'), value: <RelativeTime at={attempt.startedAt} now={now} /> },
        ...(isUnderWay(attempt.status) ? [{ term: t('canFinish'), value: <RelativeTime at={attempt.expiresAt} now={now} /> }] : []),
        { term: t('reference'), value: <Id text={attempt.id} copyName={t('reference')} /> },
        ...(attempt.requestId === null
          ? []
          : [{ term: t('requestId'), value: <Id text={attempt.requestId} copyName={t('requestId')} /> }]),
        ...(upstreamRequestId === null
          ? []
          : [{ term: t('upstreamRequestId'), value: <Id text={upstreamRequestId} copyName={t('upstreamRequestId')} /> }]),
      ]}
    />
  )
}

function Id({ text, copyName }: { text: string; copyName?: string }) {
  const shown = showInvisible(text)
  return (
    <span className="flex items-center gap-x-1.5">
      <code className="min-w-0 font-mono text-xs wrap-anywhere">{shown}</code>
      {copyName !== undefined && <CopyButton text={shown} name={copyName} iconOnly variant="ghost" />}
    </span>
  )
}
