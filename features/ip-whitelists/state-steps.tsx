'use client'

import { useTranslations } from 'use-intl'
import { formatUtc } from '@/components/format-time'
import { toMs } from '@/components/server-clock'
import { StepStrip, type Step } from '@/components/step-strip'
import type { IpWhitelist } from '@/contracts/ip-whitelists'

const ORDER = ['draft', 'requested', 'confirmed', 'verified'] as const
const REACHED = { empty: -1, draft: 0, requested: 1, confirmed: 2, verified: 3 } as const satisfies Record<IpWhitelist['state'], number>

/** Draft, requested, confirmed, verified: where the list is, and since when. */
export function StateSteps({ list: { state, versions } }: { list: IpWhitelist }) {
  const t = useTranslations('ipWhitelists.state')
  const [newest] = versions
  const instants = { draft: null, requested: newest?.requestedAt ?? null, confirmed: newest?.confirmedAt ?? null, verified: newest?.verifiedAt ?? null }
  const steps = ORDER.map((step, index): Step => {
    const at = index <= REACHED[state] ? instants[step] : null
    return {
      id: step,
      label: t(`names.${step}`),
      status: index <= REACHED[state] ? 'done' : 'waiting',
      note: at === null ? t(`steps.${step}`) : formatUtc(toMs(at)),
    }
  })
  return <StepStrip steps={steps} label={t('steps.label')} labels={{ done: t('steps.done'), waiting: t('steps.waiting') }} />
}
