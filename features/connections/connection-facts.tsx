'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import type { ConnectionDetail } from '@/contracts/connections'
import { roleMay, type Role } from '@/contracts/permissions'
import { ContactCard } from '../links/contact-card'
import { TakersTable } from '../hand-outs/takers-table'
import { AccessFacts } from './access-facts'
import { BackEndUse } from './back-end-use'
import { ChoosePropertiesDialog } from './choose-properties-dialog'
import { ConnectionProperties } from './connection-properties'
import { ConsentFacts } from './consent-facts'
import { PauseRefreshButton } from './pause-refresh'
import { TokenLineage } from './token-lineage'

type ConnectionFactsProps = {
  connection: ConnectionDetail
  now: string
  role: Role
  exchange: ReactNode
  /** The address at which back ends reach the console. */
  consoleUrl: string
}

/** The cards of a connection's page. */
export function ConnectionFacts({ connection, now, role, exchange, consoleUrl }: ConnectionFactsProps) {
  const t = useTranslations('connections.detail')
  const handOuts = useTranslations('handOuts.ofConnection')
  return (
    <>
      <div className="grid min-w-0 items-start gap-6 xl:grid-cols-2">
        <Section title={t('sections.access')} text={t('sections.accessText')} action={<PauseRefreshButton connection={connection} role={role} />}>
          <AccessFacts connection={connection} now={now} />
        </Section>
        <div className="flex min-w-0 flex-col gap-6">
          <Section title={t('sections.consent')}>
            <ConsentFacts connection={connection} now={now} role={role} />
          </Section>
          <ContactCard connection={connection} role={role} />
        </div>
      </div>
      <Section
        title={t('sections.properties')}
        text={t('sections.propertiesText', { count: connection.propertyCount })}
        action={mayChoose(connection, role) ? <ChoosePropertiesDialog connection={connection} /> : undefined}
      >
        <ConnectionProperties connection={connection} />
      </Section>
      {connection.status !== 'disconnected' && (
        <Section title={t('sections.backEnd')} text={t('sections.backEndText')}>
          <BackEndUse connection={connection} consoleUrl={consoleUrl} role={role} />
        </Section>
      )}
      {roleMay(role, 'machine-keys:manage') && (
        <Section title={handOuts('title')} text={handOuts('text')}>
          <TakersTable connectionId={connection.id} now={now} />
        </Section>
      )}
      <Section title={t('sections.exchange')} text={t('sections.exchangeText')}>
        {exchange ?? <p className="text-muted">{t('noExchange')}</p>}
      </Section>
      <Section title={t('sections.lineage')} text={t('sections.lineageText')}>
        <TokenLineage connection={connection} now={now} />
      </Section>
    </>
  )
}

/** There is something to choose only where one token covers several properties. */
function mayChoose({ propertyCount, status }: ConnectionDetail, role: Role): boolean {
  return propertyCount > 1 && status !== 'disconnected' && roleMay(role, 'connections:connect')
}

type SectionProps = { title: string; text?: string; action?: ReactNode; children: ReactNode }

function Section({ title, text, action, children }: SectionProps) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
        {text !== undefined && <CardDescription>{text}</CardDescription>}
        {action !== undefined && <CardAction>{action}</CardAction>}
      </CardHeader>
      <CardContent>{children}</CardContent>
    </Card>
  )
}
