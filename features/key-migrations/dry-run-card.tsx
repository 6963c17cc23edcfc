'use client'

import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FilterSelect } from '@/components/filter-select'
import { LiveRegion } from '@/components/live-region'
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card'
import { VirtualRows } from '@/components/virtual-rows'
import { DRY_RUN_VERDICTS, type DryRunLine, type DryRunVerdict } from './dry-run-lines'
import { DryRunVerdictCell } from './dry-run-verdict-cell'
import { AboutProperty, OldKeyTail } from './old-key-cells'

type DryRunCardProps = {
  lines: readonly DryRunLine[]
  headings: readonly string[]
  isChecking: boolean
  /** False when Octorate could not be asked which properties there are; null before that is known. */
  isListed: boolean | null
}

/** What would become of each line, before anything is sent. */
export function DryRunCard({ lines, headings, isChecking, isListed }: DryRunCardProps) {
  const t = useTranslations('keyMigrations')
  const [verdict, setVerdict] = useState<DryRunVerdict>()
  const counts = useMemo(() => countVerdicts(lines), [lines])
  const shown = useMemo(() => (verdict === undefined ? lines : lines.filter((line) => line.verdict === verdict)), [lines, verdict])
  const present = DRY_RUN_VERDICTS.filter((each) => (counts.get(each) ?? 0) > 0)
  const parts = present.map((each) => t(`summary.${each}`, { count: counts.get(each) ?? 0 }))
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('new.dryRun.title')}</CardTitle>
        <CardDescription>{parts.join(' · ')}</CardDescription>
        <CardAction>
          <FilterSelect
            label={t('new.dryRun.show')}
            value={verdict ?? 'all'}
            onChange={(chosen) => setVerdict(present.find((each) => each === chosen))}
            options={[
              { value: 'all', label: t('new.dryRun.all') },
              ...present.map((each) => ({ value: each, label: `${t(`verdict.${each}`)} (${counts.get(each) ?? 0})` })),
            ]}
          />
        </CardAction>
      </CardHeader>
      {shown.length === 0 ? (
        <p className="border-t px-4 py-10 text-center text-muted">{t('new.dryRun.none')}</p>
      ) : (
        <VirtualRows
          key={verdict ?? 'all'}
          label={t('new.dryRun.table')}
          head={[t('detail.line'), t('detail.property'), t('detail.key'), t('detail.outcome')]}
          count={shown.length}
          rowKey={(index) => shown[index]?.number ?? index}
          row={(index) => {
            const line = shown[index]
            const about = line && 'line' in line ? line.line : null
            return (
              line && [
                line.number,
                about && <AboutProperty key="about" propertyId={about.propertyId} name={about.name} />,
                about && about.key.length >= 12 && <OldKeyTail key="key" last4={about.key.slice(-4)} />,
                <DryRunVerdictCell key="verdict" line={line} headings={headings} />,
              ]
            )
          }}
        />
      )}
      <CardContent className="pt-3 text-[0.8125rem] text-pretty text-muted">
        {isChecking ? t('new.dryRun.checking') : t('new.dryRun.leftOut')}
        {isListed === false && ` ${t('new.dryRun.unlisted')}`}
      </CardContent>
      <LiveRegion message={isChecking ? '' : parts.join(', ')} />
    </Card>
  )
}

function countVerdicts(lines: readonly DryRunLine[]): ReadonlyMap<DryRunVerdict, number> {
  const counts = new Map<DryRunVerdict, number>()
  for (const { verdict } of lines) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  return counts
}
