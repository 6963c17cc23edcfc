'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { formatUtc } from '@/components/format-time'
import { RelativeTime } from '@/components/relative-time'
import { StatusPill } from '@/components/status-pill'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Card, CardAction, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from '@/components/ui/card'
import { RadioGroup } from '@/components/ui/radio-group'
import { toast } from '@/components/ui/toast-store'
import { RESTRICTION_MODES, type KeyRestriction, type RestrictionMode } from '@/contracts/key-restrictions'
import { useConfirmedChange } from '../address-lists/confirmed-change'
import { ProblemAlert } from '../problem-state'
import { BlockedAddresses } from './blocked-addresses'
import { useChangeMode } from './mutations'

const TONES = { off: 'neutral', report_only: 'info', enforced: 'success' } as const

type ModeCardProps = { machineKeyId: string; list: KeyRestriction; now: string; mayBeWide: boolean }

/** Off, report only or enforced, and what enforcement would have done in the last day, or did. */
export function ModeCard({ machineKeyId, list, now, mayBeWide }: ModeCardProps) {
  const t = useTranslations('keyRestrictions.mode')
  const { mode, modeSince, replay, entries } = list
  const [chosen, setChosen] = useState<RestrictionMode | null>(null)
  const change = useChangeMode(machineKeyId)
  const confirmed = useConfirmedChange({ mayBeWide })
  const wanted = chosen ?? mode
  const submit = () =>
    void confirmed.run(
      (confirmation) => change.mutateAsync({ mode: wanted, confirmation }),
      () => {
        setChosen(null)
        toast.success(t('done'))
      },
    )
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
        <CardDescription>{t('text')}</CardDescription>
        <CardAction>
          <StatusPill tone={TONES[mode]}>{t(`names.${mode}`)}</StatusPill>
        </CardAction>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <RadioGroup
          legend={t('legend')}
          hideLegend
          name="mode"
          variant="cards"
          className="[&>div]:lg:grid [&>div]:lg:grid-cols-3"
          value={wanted}
          onValueChange={(value) => setChosen(RESTRICTION_MODES.find((each) => each === value) ?? null)}
          options={RESTRICTION_MODES.map((each) => ({ value: each, label: t(`names.${each}`), hint: t(`hints.${each}`) }))}
        />
        {wanted === 'enforced' && entries.length === 0 && <Alert tone="warning" title={t('emptyWarning')} />}
        <div className="flex flex-col gap-1">
          <p className="font-medium">
            {t(mode === 'enforced' ? 'has' : 'wouldHave', {
              requests: replay.blockedRequests, addresses: replay.blockedAddresses, since: formatUtc(Date.parse(replay.since)),
            })}
          </p>
          <p className="text-[0.8125rem] text-muted">{t('of', { requests: replay.requests })}</p>
          <BlockedAddresses replay={replay} now={now} />
        </div>
        {confirmed.error !== null && <ProblemAlert error={confirmed.error} />}
        {confirmed.question}
      </CardContent>
      <CardFooter>
        {modeSince !== null && (
          <p className="mr-auto text-[0.8125rem] text-muted">
            {t('since')} <RelativeTime at={modeSince} now={now} />
          </p>
        )}
        <Button variant="primary" disabled={wanted === mode} loading={change.isPending} onClick={submit}>
          {t('submit', { mode: wanted })}
        </Button>
      </CardFooter>
    </Card>
  )
}
