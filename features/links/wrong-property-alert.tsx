'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { formatRelative } from '@/components/format-time'
import { toMs } from '@/components/server-clock'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { toast } from '@/components/ui/toast-store'
import { pages } from '@/contracts/paths'
import type { QuarantinedGrantSummary } from '@/contracts/quarantined-grants'
import { showInvisible } from '@/lib/text/show-invisible'
import { ProblemAlert } from '../problem-state'
import { useDecideQuarantined } from './mutations'
import { linkQueries } from './queries'

/** A consent that came from another property: both names, what became of it, and what one can do. */
export function WrongPropertyAlert({ id, now }: { id: string; now: string }) {
  const { data } = useQuery(linkQueries.quarantined(id))
  return data === undefined ? null : <WrongPropertyFacts grant={data} now={now} />
}

export function WrongPropertyFacts({ grant, now }: { grant: QuarantinedGrantSummary; now: string }) {
  const t = useTranslations('links.wrong')
  const { connect, erase } = useDecideQuarantined(grant.id)
  const found = showInvisible(grant.found.name)
  const expected = showInvisible(grant.expected.name)
  const isHeld = grant.state === 'held'
  const problem = connect.error ?? erase.error
  const actions = isHeld ? (
    <>
      <Button variant="primary" loading={connect.isPending} onClick={() => connect.mutate(undefined, { onSuccess: () => void toast.success(t('done', { found })) })}>
        {t('connect', { found })}
      </Button>
      <Button loading={erase.isPending} onClick={() => erase.mutate(undefined, { onSuccess: () => void toast.success(t('gone')) })}>
        {t('erase')}
      </Button>
    </>
  ) : (
    grant.connectionId !== null && <ButtonLink href={pages.connection(grant.connectionId)}>{t('open', { found })}</ButtonLink>
  )
  return (
    <Alert tone={isHeld ? 'warning' : 'info'} title={t('title', { found })} actions={actions || undefined}>
      <p className="max-w-prose text-pretty">
        {t('text', { expected, expectedId: grant.expected.upstreamId, found, foundId: grant.found.upstreamId })}
      </p>
      <p className="mt-1 max-w-prose text-pretty">
        {t(grant.state, { found, when: formatRelative(toMs(grant.expiresAt) - toMs(now)) })}
      </p>
      {problem !== null && <ProblemAlert error={problem} />}
    </Alert>
  )
}
