'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { PageHeader } from '@/components/page-header'
import { RelativeTime } from '@/components/relative-time'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { useServerClock } from '@/components/use-server-clock'
import type { CampaignDetail } from '@/contracts/campaigns'
import { pages } from '@/contracts/paths'
import { showInvisible } from '@/lib/text/show-invisible'
import { TicketLink } from '../links/ticket-link'
import { ProblemState } from '../problem-state'
import { CAMPAIGN_TABS } from './campaign-query'
import { FileButton } from './file-button'
import { LeftOutList } from './left-out-list'
import { PhoneListPart } from './phone-list-part'
import { ProgressCard } from './progress-card'
import { campaignQueries } from './queries'
import { RecipientsPart } from './recipients-part'
import { CampaignStatePill } from './state-pills'
import { StopButton } from './stop-button'
import { useRecipientQuery } from './use-recipient-query'

/** One campaign: how far it is, who was asked, whom to call, and who was left out. */
export function CampaignScreen({ id, now }: { id: string; now: string }) {
  const { data, error, isFetching, refetch } = useQuery(campaignQueries.detail(id))
  useServerClock(now)
  return (
    <>
      {error !== null && (
        <ProblemState error={error} variant={data === undefined ? 'page' : 'inline'} onRetry={() => void refetch()} retrying={isFetching} />
      )}
      {data !== undefined && <Content campaign={data} now={now} />}
    </>
  )
}

function Content({ campaign, now }: { campaign: CampaignDetail; now: string }) {
  const t = useTranslations('campaigns')
  const shown = useRecipientQuery(campaign.id)
  const { tab, query, change } = shown
  const name = showInvisible(campaign.name)
  const counts = { recipients: campaign.total, phone: campaign.toCall, 'left-out': campaign.leftOut }
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: t('list.links'), href: pages.links() }, { label: t('title'), href: pages.campaigns() }, { label: name }]}
        title={name}
        badges={<CampaignStatePill state={campaign.state} />}
        description={<Facts campaign={campaign} now={now} />}
        secondary={campaign.state === 'running' ? <StopButton campaign={campaign} /> : undefined}
        action={campaign.channel === 'csv' && campaign.state === 'running' ? <FileButton campaign={campaign} now={now} /> : undefined}
      />
      <LiveRegion message={t('progress.connected', { count: campaign.counts.connected, total: campaign.total })} />
      <ProgressCard
        campaign={campaign}
        now={now}
        chosen={tab === 'recipients' ? query.state : undefined}
        onChoose={(state) => change({ tab: 'recipients', state })}
      />
      <Tabs value={tab} onValueChange={(value) => change({ tab: CAMPAIGN_TABS.find((known) => known === value) ?? 'recipients' }, { replace: true })}>
        <TabsList aria-label={t('detail.parts')}>
          {CAMPAIGN_TABS.map((part) => (
            <TabsTrigger key={part} value={part}>
              {t(`detail.tabs.${part}`)} <span className="text-muted tabular-nums">{counts[part].toLocaleString('en')}</span>
            </TabsTrigger>
          ))}
        </TabsList>
        <TabsContent value="recipients">
          <RecipientsPart campaign={campaign} shown={shown} now={now} />
        </TabsContent>
        <TabsContent value="phone">
          <PhoneListPart campaign={campaign} now={now} />
        </TabsContent>
        <TabsContent value="left-out">
          {campaign.leftOutConnections.length === 0 ? <p className="py-6 text-muted">{t('leftOut.none')}</p> : <LeftOutList items={campaign.leftOutConnections} />}
        </TabsContent>
      </Tabs>
    </>
  )
}

function Facts({ campaign: { channel, reason, ticket, ticketUrl, createdAt, createdBy, stoppedAt, stoppedBy }, now }: { campaign: CampaignDetail; now: string }) {
  const t = useTranslations('campaigns')
  return (
    <>
      {reason !== null && <p className="wrap-anywhere text-foreground">{reason}</p>}
      <p>
        {t(`channel.${channel}`)} · {t('detail.started')} <RelativeTime at={createdAt} now={now} />
        {createdBy !== null && ` ${t('list.by', { name: createdBy })}`}
        {ticket !== null && (
          <>
            {' · '}
            <TicketLink ticket={ticket} ticketUrl={ticketUrl} />
          </>
        )}
      </p>
      {stoppedAt !== null && (
        <p>
          {t('detail.stopped')} <RelativeTime at={stoppedAt} now={now} />
          {stoppedBy !== null && ` ${t('list.by', { name: stoppedBy })}`}
        </p>
      )}
    </>
  )
}
