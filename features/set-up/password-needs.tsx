'use client'

import { CircleCheck, CircleDashed } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { cn } from '@/components/ui/cn'
import { PASSWORD_MIN_LENGTH } from '@/contracts/set-up'
import { isPasswordGuessable, type PasswordValues } from './check-set-up'

/** What the password needs, ticked off while it is typed. */
export function PasswordNeeds({ values }: { values: PasswordValues }) {
  const t = useTranslations('setUp')
  const { length: count } = values.password
  const isLong = count >= PASSWORD_MIN_LENGTH
  const needs = [
    { met: isLong, text: t('strength.length', { minimum: PASSWORD_MIN_LENGTH, count }) },
    { met: isLong && !isPasswordGuessable(values), text: t('strength.guessable') },
  ]
  return (
    <ul aria-label={t('strength.label')} className="flex flex-col gap-1 text-[0.8125rem]">
      {needs.map((need, index) => {
        const Icon = need.met ? CircleCheck : CircleDashed
        return (
          <li key={index} className={cn('flex items-start gap-1.5', need.met ? 'text-success-text' : 'text-muted')}>
            <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span>
              <span className="sr-only">{t(need.met ? 'strength.met' : 'strength.open')}: </span>
              {need.text}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
