'use client'

import { useTranslations } from 'use-intl'
import { cn } from '@/components/ui/cn'

type BlockDifferenceProps = { added: readonly string[]; removed: readonly string[] }

const MOST_SHOWN = 24

/** What one list has more and less than another. */
export function BlockDifference({ added, removed }: BlockDifferenceProps) {
  const t = useTranslations('addressLists.difference')
  if (added.length + removed.length === 0) return null
  return (
    <div className="flex flex-col gap-3 text-[0.8125rem]">
      {([['added', added, '+'], ['removed', removed, '−']] as const).map(
        ([kind, blocks, sign]) =>
          blocks.length > 0 && (
            <div key={kind} className="min-w-0">
              <p className="text-muted">{t(kind, { count: blocks.length })}</p>
              <ul aria-label={t(kind, { count: blocks.length })} className={cn('grid grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))] gap-x-4 font-mono', kind === 'added' ? 'text-success-text' : 'text-danger-text')}>
                {blocks.slice(0, MOST_SHOWN).map((block) => (
                  <li key={block} className="wrap-anywhere">
                    <span aria-hidden>{sign} </span>
                    {block}
                  </li>
                ))}
                {blocks.length > MOST_SHOWN && <li className="font-sans text-muted">{t('more', { count: blocks.length - MOST_SHOWN })}</li>}
              </ul>
            </div>
          ),
      )}
    </div>
  )
}
