import type { ReactNode } from 'react'
import { cn } from './ui/cn'

export type KeyValueItem = { term: string; value: ReactNode; hint?: ReactNode }

export type KeyValueListProps = { items: readonly KeyValueItem[]; columns?: 1 | 2 | undefined; className?: string | undefined }

/** Facts about one thing, as a definition list. */
export function KeyValueList({ items, columns = 1, className }: KeyValueListProps) {
  return (
    <dl data-slot="key-value-list" className={cn('grid gap-x-8', columns === 2 && 'md:grid-cols-2', className)}>
      {items.map((item) => (
        <div
          key={item.term}
          className="grid min-h-11 content-center gap-x-4 gap-y-0.5 border-b py-2 last:border-b-0 sm:grid-cols-[minmax(7rem,11rem)_minmax(0,1fr)] sm:items-baseline"
        >
          <dt className="text-[0.8125rem] text-muted">{item.term}</dt>
          <dd className="min-w-0 wrap-anywhere">
            {item.value}
            {item.hint !== undefined && <div className="text-[0.8125rem] text-muted">{item.hint}</div>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
