'use client'

import { KeySquare, SearchX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/code-block'
import { EmptyState } from '@/components/empty-state'
import { Button } from '@/components/ui/button'
import { curlExample } from './curl-example'

/** No key was ever made: says what one is for, with the call that it allows. */
export function NoKeys({ publicUrl }: { publicUrl: string }) {
  const t = useTranslations('machineKeys.list')
  return (
    <EmptyState icon={<KeySquare />} title={t('empty.title')} className="rounded-lg border bg-surface shadow-xs">
      <p>{t('empty.text')}</p>
      <CodeBlock
        wrap
        className="mt-4 text-left text-foreground"
        label={t('empty.example')}
        code={curlExample(publicUrl, { scopes: ['tokens:read'], properties: [] })}
      />
      <p className="mt-4">{t('empty.after')}</p>
    </EmptyState>
  )
}

/** There are keys, but none that match. */
export function NoMatch({ showsAll, onShowAll, onClear }: { showsAll: boolean; onShowAll: () => void; onClear: () => void }) {
  const t = useTranslations('machineKeys.list')
  return (
    <EmptyState
      icon={<SearchX />}
      title={t('noMatch.title')}
      action={
        <>
          {!showsAll && <Button onClick={onShowAll}>{t('noMatch.ended')}</Button>}
          <Button onClick={onClear}>{t('clearAll')}</Button>
        </>
      }
    >
      {t('noMatch.text')}
    </EmptyState>
  )
}
