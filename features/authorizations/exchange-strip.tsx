'use client'

import { useTranslations } from 'use-intl'
import { Ring } from '@/components/ring'
import { ShareRing } from '@/components/share-ring'
import { StepStrip, type Step } from '@/components/step-strip'
import type { AuthorizationDetail, ExchangeStep } from '@/contracts/authorizations'
import { MaskedExchanges } from '../exchanges/masked-exchanges'
import { CODE_LIFETIME_MS, minuteUntilMs, minuteUsedMs, toStripSteps } from './strip-steps'

/** Above this share of the minute it was close. */
const CLOSE_SHARE = 0.5

type ExchangeStripProps = {
  steps: readonly ExchangeStep[]
  /** How the flow stands: what was not recorded is yet to come, or was never reached. */
  flow: AuthorizationDetail['status']
  /** The server's instant of rendering, for the minute that runs; a flow that is over needs none. */
  now?: string
}

/** Authorize, callback, exchange, verify: each with its time, and what was sent and answered, with secrets masked. */
export function ExchangeStrip({ steps, flow, now }: ExchangeStripProps) {
  const t = useTranslations('authorizations.strip')
  const usedMs = minuteUsedMs(steps)
  const untilMs = minuteUntilMs(steps, flow)
  const boxes = toStripSteps(steps, flow).map(({ name, status, recorded }): Step => {
    const exchanges = recorded?.exchanges ?? []
    return {
      id: name,
      label: t(`steps.${name}`),
      status,
      note: t(`notes.${name}`),
      ...(recorded === null || recorded.durationMs === null ? {} : { durationMs: recorded.durationMs }),
      ...(exchanges.length === 0 ? {} : { details: <MaskedExchanges exchanges={exchanges} /> }),
      ...(name === 'exchange' && usedMs !== null ? { ring: <MinuteRing usedMs={usedMs} /> } : {}),
      ...(name === 'exchange' && untilMs !== null && now !== undefined ? { ring: <MinuteLeft untilMs={untilMs} now={now} /> } : {}),
    }
  })
  const words = {
    waiting: t('status.waiting'),
    running: t('status.running'),
    done: t('status.done'),
    failed: t('status.failed'),
    skipped: t('status.skipped'),
  }
  return <StepStrip steps={boxes} label={t('label')} labels={words} />
}

function MinuteLeft({ untilMs, now }: { untilMs: number; now: string }) {
  const t = useTranslations('authorizations.strip')
  return <Ring until={untilMs} now={now} totalMs={CODE_LIFETIME_MS} label={t('minuteLeft')} overText={t('minuteOver')} />
}

function MinuteRing({ usedMs }: { usedMs: number }) {
  const t = useTranslations('authorizations.strip')
  const seconds = (usedMs / 1_000).toFixed(usedMs < 1_000 ? 2 : usedMs < 10_000 ? 1 : 0)
  const share = usedMs / CODE_LIFETIME_MS
  return (
    <ShareRing
      share={share}
      label={share > 1 ? t('minuteOver') : t('minuteUsed', { seconds })}
      text={`${seconds}s`}
      tone={share > 1 ? 'danger' : share > CLOSE_SHARE ? 'warning' : 'success'}
    />
  )
}
