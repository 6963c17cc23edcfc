import { Skeleton } from '@/components/ui/skeleton'
import { translator } from '@/messages/translator'

/** The shape that pages share: a header and a block under it. Pages with another shape bring their own. */
export function PageSkeleton() {
  const t = translator('shell')
  return (
    <>
      <output className="sr-only">{t('loading')}</output>
      <div className="flex flex-col gap-2">
        <Skeleton className="h-8 w-48" />
        <Skeleton className="w-80 max-w-full" />
      </div>
      <div className="flex flex-col gap-4 rounded-lg border bg-surface p-5">
        {['w-40', 'w-64', 'w-52', 'w-60', 'w-44', 'w-56'].map((width) => (
          <Skeleton key={width} className={width} />
        ))}
      </div>
    </>
  )
}
