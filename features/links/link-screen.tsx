'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { CopyButton } from '@/components/copy-button'
import { KeyValueList } from '@/components/key-value-list'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { RelativeTime } from '@/components/relative-time'
import { Alert } from '@/components/ui/alert'
import { ButtonLink } from '@/components/ui/button-link'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { useServerClock } from '@/components/use-server-clock'
import { isErrorCode } from '@/contracts/errors'
import type { LinkDetail } from '@/contracts/links'
import { pages } from '@/contracts/paths'
import { mayMove } from '@/lib/links/link-state'
import { MailStatePill } from '../mail/mail-state-pill'
import { problemOfCode } from '../authorizations/problem-of-code'
import { ProblemState } from '../problem-state'
import { DifferenceAlert } from './difference-alert'
import { LinkStatePill } from './link-state-pill'
import { LinkSteps } from './link-steps'
import { PhoneCodeCard } from './phone-code-card'
import { linkQueries } from './queries'
import { RevokeLinkButton } from './revoke-link-button'
import { TicketLink } from './ticket-link'
import { nameOfLink } from './use-list-columns'
import { WrongPropertyAlert } from './wrong-property-alert'

/** One link while its hotelier walks: what an agent on the phone looks at. */
export function LinkScreen({ id, now }: { id: string; now: string }) {
  const { data, error, isFetching, refetch } = useQuery(linkQueries.detail(id))
  useServerClock(now)
  return (
    <>
      {error !== null && (
        <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />
      )}
      {data !== undefined && <Content link={data} now={now} />}
    </>
  )
}

function Content({ link, now }: { link: LinkDetail; now: string }) {
  const t = useTranslations('links')
  const { state, failure, connection, found, difference } = link
  const isNamed = connection !== null || link.propertyId !== null
  const title = isNamed ? t('detail.titleOf', { name: nameOfLink(link, t) }) : t('detail.titleAny')
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('title'), href: pages.links() }, { label: title }]}
        title={title}
        badges={<LinkStatePill state={state} />}
        secondary={mayMove(state) ? <RevokeLinkButton id={link.id} /> : undefined}
        action={connection === null ? undefined : <ButtonLink href={pages.connection(connection.id)}>{t('detail.openConnection')}</ButtonLink>}
      />
      <LiveRegion message={t(`state.${state}`)} />
      {state === 'verified' && link.verifiedAt !== null && (
        <Alert tone="success" title={t('aloud.title')}>
          <p className="text-lg font-medium">{t('aloud.text', { time: clockTime(link.verifiedAt) })}</p>
        </Alert>
      )}
      {found !== null && <WrongPropertyAlert id={found.quarantineId} now={now} />}
      {state === 'failed' && <ProblemState variant="inline" error={problemOfCode(isErrorCode(failure) ? failure : 'internal')} />}
      {difference !== null && <DifferenceAlert difference={difference} />}
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          <Card>
            <CardHeader>
              <CardTitle>{t('detail.steps')}</CardTitle>
              <CardDescription>{t('detail.stepsText')}</CardDescription>
            </CardHeader>
            <CardContent>
              <LinkSteps link={link} />
            </CardContent>
          </Card>
          {state === 'created' && <PhoneCodeCard link={link} now={now} />}
        </div>
        <Card>
          <CardHeader>
            <CardTitle>{t('detail.facts')}</CardTitle>
          </CardHeader>
          <CardContent>
            <Facts link={link} now={now} />
          </CardContent>
        </Card>
      </div>
    </>
  )
}

function Facts({ link, now }: { link: LinkDetail; now: string }) {
  const t = useTranslations('links')
  const { recipientName, recipientEmail, reason, authorizationId, successUrl, errorUrl } = link
  const recipient = [recipientName, recipientEmail].filter((part) => part !== null).join(', ')
  const back = [...new Set([successUrl, errorUrl])].filter((uri) => uri !== null)
  return (
    <KeyValueList
      items={[
        { term: t('detail.recipient'), value: recipient === '' ? <span className="text-muted">{t('detail.nobody')}</span> : recipient },
        ...(link.mail === null
          ? []
          : [{
              term: t('detail.mail'),
              value: (
                <span className="flex flex-wrap items-center gap-2">
                  <MailStatePill state={link.mail.state} />
                  {link.mail.failure !== null && <code className="font-mono text-xs">{link.mail.failure}</code>}
                </span>
              ),
            }]),
        { term: t('detail.languageOf'), value: t(`language.${link.language}`) },
        ...(reason === null ? [] : [{ term: t('detail.reason'), value: reason }]),
        { term: t('detail.ticket'), value: <TicketLink {...link} /> },
        {
          term: t('detail.sent'),
          value: (
            <>
              <RelativeTime at={link.createdAt} now={now} />
              {link.createdBy !== null && <> {t('list.by', { name: link.createdBy })}</>}
            </>
          ),
        },
        { term: t('detail.ends'), value: <RelativeTime at={link.expiresAt} now={now} /> },
        { term: t('detail.apiClient'), value: link.apiClient.name },
        ...(back.length === 0 ? [] : [{ term: t('detail.backTo'), value: back.join(', ') }]),
        ...(authorizationId === null
          ? []
          : [{
              term: t('detail.attempt'),
              value: (
                <Link href={pages.authorization(authorizationId)} className="text-accent-text underline decoration-accent-line underline-offset-4">
                  {t('detail.openAttempt')}
                </Link>
              ),
            }]),
        {
          term: t('detail.reference'),
          value: (
            <span className="flex items-center gap-x-1.5">
              <code className="font-mono text-xs">{link.id}</code>
              <CopyButton text={link.id} name={t('detail.reference')} iconOnly variant="ghost" />
            </span>
          ),
        },
      ]}
    />
  )
}

/** Hour and minute where the agent sits, who reads it aloud. */
function clockTime(at: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(new Date(at))
}
