'use client'

import { CircleSlash } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { FilterSelect } from '@/components/filter-select'
import { LiveRegion } from '@/components/live-region'
import { RowsSkeleton } from '@/components/rows-skeleton'
import { StatusPill } from '@/components/status-pill'
import { Card, CardAction, CardDescription, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { useIsInBrowser } from '@/components/use-is-in-browser'
import { VirtualRows } from '@/components/virtual-rows'
import { CONTACT_VERDICTS, type ContactImport, type ContactLine } from '@/contracts/contacts'
import { showInvisible } from '@/lib/text/show-invisible'

type Verdict = ContactLine['verdict']

/** What becomes of each line of a file of contacts. */
export function ContactLines({ result: { lines, counts }, action }: { result: ContactImport; action: ReactNode }) {
  const t = useTranslations('contacts')
  const [verdict, setVerdict] = useState<Verdict>()
  const isInBrowser = useIsInBrowser()
  const shown = useMemo(() => (verdict === undefined ? lines : lines.filter((line) => line.verdict === verdict)), [lines, verdict])
  const summary = CONTACT_VERDICTS.map((each) => t(`counts.${each}`, { count: counts[each] })).join(' · ')
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('lines')}</CardTitle>
        <CardDescription>{summary}</CardDescription>
        <CardAction>
          <FilterSelect
            label={t('show')}
            value={verdict ?? 'all'}
            onChange={(value) => setVerdict(CONTACT_VERDICTS.find((known) => known === value))}
            options={[{ value: 'all', label: t('all') }, ...CONTACT_VERDICTS.map((each) => ({ value: each, label: `${t(`verdict.${each}`)} (${counts[each]})` }))]}
          />
        </CardAction>
      </CardHeader>
      {shown.length === 0 && <p className="border-t px-4 py-10 text-center text-muted">{t('none')}</p>}
      {shown.length > 0 && !isInBrowser && <RowsSkeleton />}
      {shown.length > 0 && isInBrowser && (
        <VirtualRows
          key={verdict ?? 'all'}
          label={t('lines')}
          head={[t('columns.line'), t('columns.property'), t('columns.language'), t('columns.contact')]}
          count={shown.length}
          rowKey={(index) => shown[index]?.number ?? index}
          row={(index) => {
            const line = shown[index]
            return line && [line.number, <About key="about" line={line} />, <Language key="language" line={line} />, <Outcome key="outcome" line={line} />]
          }}
        />
      )}
      {action !== undefined && <CardFooter>{action}</CardFooter>}
      <LiveRegion message={summary} />
    </Card>
  )
}

function About({ line: { connection } }: { line: ContactLine }) {
  const t = useTranslations('campaigns.leftOut')
  if (connection === null) return null
  return (
    <>
      <p className="truncate font-medium">{showInvisible(connection.name)}</p>
      <p className="truncate text-[0.8125rem] text-muted">{t('id', { id: showInvisible(connection.upstreamId) })}</p>
    </>
  )
}

function Language({ line: { contact } }: { line: ContactLine }) {
  const t = useTranslations('links.language')
  return contact?.language ? <p className="truncate text-muted">{t(contact.language)}</p> : null
}

function Outcome({ line }: { line: ContactLine }) {
  const t = useTranslations('contacts')
  const { verdict, contact, fault, column, of } = line
  const parts = [contact?.name, contact?.email, contact?.phone].filter((part) => part !== null && part !== undefined)
  return (
    <>
      <StatusPill tone={TONES[verdict]} {...(verdict === 'malformed' ? { icon: <CircleSlash aria-hidden /> } : {})}>
        {t(`verdict.${verdict}`)}
      </StatusPill>
      <p className="mt-0.5 text-[0.8125rem] text-pretty wrap-anywhere text-muted">
        {fault === null ? showInvisible(parts.join(', ')) : t('faultAt', { fault: t(`fault.${fault}`), column: column ?? 1 })}
        {of !== null && ` ${t('earlier', { line: of })}`}
      </p>
    </>
  )
}

const TONES = { changed: 'success', unchanged: 'neutral', malformed: 'danger' } as const
