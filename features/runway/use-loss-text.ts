import { useTranslations } from 'use-intl'
import { useClockText } from '@/components/use-clock-text'
import type { RunwayFacts } from '@/contracts/runway'
import { nextMark } from './by-hour'

/** "The first property loses access at 14:22, 120 by 16:00, all 300 by 23:40." `now` is the instant of the facts. */
export function useLossText(now: string): (facts: RunwayFacts) => string {
  const t = useTranslations('runway.loss')
  const clock = useClockText(now)
  return (facts) => {
    const { total, over, firstAt, lastAt } = facts
    if (total === 0) return t('nothing')
    if (firstAt === null || lastAt === null) return t('allOver', { total })
    const mark = nextMark(facts)
    const parts = [
      over === 0 ? t('first', { at: clock(firstAt) }) : t('next', { over, at: clock(firstAt) }),
      ...(mark && mark.until < lastAt ? [t('mark', { count: mark.without, at: clock(mark.until) })] : []),
      ...(total - over > 1 ? [t('last', { total, at: clock(lastAt) })] : []),
    ]
    return `${parts.join(', ')}.`
  }
}
