'use client'

import { useTranslations } from 'use-intl'
import { formatDuration } from '@/components/format-time'
import { KeyValueList } from '@/components/key-value-list'
import { Alert } from '@/components/ui/alert'
import { useClockText } from '@/components/use-clock-text'
import type { TopUpPlan } from '@/contracts/top-ups'

/** How many connections, how long, until when all tokens hold afterwards, and what the quota says. */
export function PlanFacts({ plan }: { plan: TopUpPlan }) {
  const t = useTranslations('topUps.plan')
  const errors = useTranslations('errors')
  const clock = useClockText(plan.at)
  const { connections, failing, seconds, holdsUntil, refusal, apiClients } = plan
  return (
    <>
      {refusal !== null && (
        <Alert tone="warning" title={errors(`${refusal}.what`)}>
          {errors(`${refusal}.next`)}
        </Alert>
      )}
      <KeyValueList
        items={[
          { term: t('connections'), value: t('count', { connections }), hint: failing > 0 ? t('failing', { failing }) : undefined },
          { term: t('takes'), value: seconds === 0 ? t('moment') : t('about', { duration: formatDuration(seconds * 1000) }) },
          { term: t('after'), value: holdsUntil === null ? t('noToken') : t('holds', { at: clock(holdsUntil) }) },
          ...apiClients.map(({ name, quota, refusal: refused }) => ({
            term: t('quotaOf', { name }),
            value: refused !== null ? t(`leftOut.${refused}`) : quota.left === null ? t('quotaUnknown', { needed: quota.needed }) : t('quota', { left: quota.left, needed: quota.needed }),
          })),
        ]}
      />
    </>
  )
}
