'use client'

import { useQuery } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { formatUtc } from '@/components/format-time'
import { LiveRegion } from '@/components/live-region'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import type { AuditVerification } from '@/contracts/audit'
import { ProblemAlert } from '../problem-state'
import { auditQueries } from './queries'

/** Checks the whole log when asked, and says what came of it. */
export function useVerification() {
  const t = useTranslations('audit.verify')
  const { data, error, isFetching, refetch } = useQuery(auditQueries.verification())
  const button = (
    <Button loading={isFetching} onClick={() => void refetch()}>
      <ShieldCheck aria-hidden />
      {t('action')}
    </Button>
  )
  const result = (
    <>
      {error !== null && <ProblemAlert error={error} />}
      {data !== undefined && <Verdict verification={data} />}
      <LiveRegion message={data === undefined ? '' : t(data.firstBad === null ? 'whole' : 'broken')} />
    </>
  )
  return { button, result }
}

function Verdict({ verification }: { verification: AuditVerification }) {
  const t = useTranslations('audit.verify')
  const { entries, signedUpTo, signedAt, firstBad, keys } = verification
  const covered = signedAt === null ? t('unsigned', { entries }) : t('covered', { entries, signedUpTo, at: formatUtc(Date.parse(signedAt)) })
  if (firstBad === null) {
    return (
      <Alert tone="success" title={t('whole')}>
        <p>{covered}</p>
        {keys.map(({ id, publicKey }) => (
          <p key={id} className="text-[0.8125rem] text-muted">
            {t('key')}: <code className="font-mono break-all">{publicKey}</code>
          </p>
        ))}
      </Alert>
    )
  }
  const { reason, from, to, eventId } = firstBad
  const place = from === null || to === null ? t('event', { event: eventId ?? '' }) : from === to ? t('entry', { from }) : t('entries', { from, to })
  return (
    <Alert tone="danger" title={t('broken')}>
      <p>
        {place}: {t(`reasons.${reason}`)}
      </p>
      <p>{covered}</p>
    </Alert>
  )
}
