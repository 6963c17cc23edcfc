'use client'

import { PlugZap, SearchX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/empty-state'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'
import { pages } from '@/contracts/paths'

/** No connection at all yet: says what one is and how one comes about. */
export function NoConnections({ mayConnect }: { mayConnect: boolean }) {
  const t = useTranslations('connections.list')
  const steps = [t('empty.step1'), t('empty.step2'), t('empty.step3')]
  return (
    <EmptyState
      icon={<PlugZap />}
      title={t('empty.title')}
      className="rounded-lg border bg-surface shadow-xs"
      action={
        mayConnect ? (
          <ButtonLink variant="primary" href={pages.newConnection()}>
            {t('connect')}
          </ButtonLink>
        ) : undefined
      }
    >
      <p>{t('empty.text')}</p>
      {mayConnect ? (
        <ol className="mt-4 flex flex-col gap-2 text-left">
          {steps.map((step, index) => (
            <li key={step} className="flex gap-3">
              <span
                aria-hidden
                className="grid size-6 shrink-0 place-items-center rounded-full border bg-sunken text-xs font-semibold text-foreground tabular-nums"
              >
                {index + 1}
              </span>
              <span className="pt-0.5">{step}</span>
            </li>
          ))}
        </ol>
      ) : (
        <p className="mt-2">{t('empty.viewer')}</p>
      )}
    </EmptyState>
  )
}

/** There are connections, but none that match. */
export function NoMatch({ onClear }: { onClear: () => void }) {
  const t = useTranslations('connections.list')
  return (
    <EmptyState icon={<SearchX />} title={t('noMatch.title')} action={<Button onClick={onClear}>{t('clearFilters')}</Button>}>
      {t('noMatch.text')}
    </EmptyState>
  )
}
