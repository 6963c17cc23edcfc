'use client'

import { CircleSlash, CopyX, PlugZap } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { LiveRegion } from '@/components/live-region'
import { StatusPill } from '@/components/status-pill'
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { VirtualRows } from '@/components/virtual-rows'
import type { DryRunLine } from '@/lib/imports/dry-run'
import { showInvisible } from '@/lib/text/show-invisible'

type DryRunCardProps = { lines: readonly DryRunLine[]; isChecking: boolean }

/** What would become of each line, before anything is sent. */
export function DryRunCard({ lines, isChecking }: DryRunCardProps) {
  const t = useTranslations('imports')
  const count = (verdict: DryRunLine['verdict']) => lines.filter((line) => line.verdict === verdict).length
  const [ready, duplicates, connected, malformed] = [count('ready'), count('duplicate'), count('connected'), count('malformed')]
  const parts = [
    t('dryRun.summary', { ready }),
    ...(duplicates > 0 ? [t('dryRun.duplicates', { count: duplicates })] : []),
    ...(connected > 0 ? [t('dryRun.connected', { count: connected })] : []),
    ...(malformed > 0 ? [t('dryRun.malformed', { count: malformed })] : []),
  ]
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('dryRun.title')}</CardTitle>
        <CardDescription>{parts.join(' · ')}</CardDescription>
      </CardHeader>
      <VirtualRows
        label={t('dryRun.table')}
        head={[t('detail.line'), t('detail.property'), t('detail.token'), t('detail.outcome')]}
        count={lines.length}
        rowKey={(index) => lines[index]?.number ?? index}
        row={(index) => {
          const line = lines[index]
          return line && [line.number, <About key="about" line={line} />, <Tail key="tail" line={line} />, <Verdict key="verdict" line={line} />]
        }}
      />
      <CardContent className="pt-3 text-[0.8125rem] text-muted">{isChecking ? t('dryRun.checking') : t('dryRun.leftOut')}</CardContent>
      <LiveRegion message={isChecking ? '' : parts.join(', ')} />
    </Card>
  )
}

function About({ line }: { line: DryRunLine }) {
  const t = useTranslations('imports')
  if (line.verdict === 'malformed') return null
  const { propertyId, name } = line.line
  return (
    <>
      <p className="truncate font-medium">{propertyId ?? <span className="text-muted">{t('detail.noProperty')}</span>}</p>
      {name !== undefined && <p className="truncate text-muted">{showInvisible(name)}</p>}
    </>
  )
}

/** The last four characters only, as everywhere. */
function Tail({ line }: { line: DryRunLine }) {
  const t = useTranslations('imports')
  if (line.verdict === 'malformed' || line.line.refreshToken.length < 12) return null
  return <span className="font-mono text-[0.8125rem] text-muted">{t('detail.tokenEnd', { last4: line.line.refreshToken.slice(-4) })}</span>
}

function Verdict({ line }: { line: DryRunLine }) {
  const t = useTranslations('imports')
  const word = t(`verdict.${line.verdict}`)
  if (line.verdict === 'ready') return <StatusPill tone="success">{word}</StatusPill>
  if (line.verdict === 'connected') return <StatusPill tone="info" icon={<PlugZap aria-hidden />}>{word}</StatusPill>
  const isDuplicate = line.verdict === 'duplicate'
  return (
    <>
      <StatusPill tone={isDuplicate ? 'neutral' : 'danger'} icon={isDuplicate ? <CopyX aria-hidden /> : <CircleSlash aria-hidden />}>
        {word}
      </StatusPill>
      <p className="mt-0.5 text-[0.8125rem] text-muted">
        {isDuplicate ? t(`duplicateBy.${line.by}`, { line: line.of }) : <Fault line={line} />}
      </p>
    </>
  )
}

function Fault({ line }: { line: Extract<DryRunLine, { verdict: 'malformed' }> }) {
  const t = useTranslations('imports')
  const fault = t(`fault.${line.fault}`)
  return line.column === null ? fault : t('faultAt', { column: t(`column.${line.column}`), fault })
}
