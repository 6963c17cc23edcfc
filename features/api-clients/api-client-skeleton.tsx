import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { translator } from '@/messages/translator'

const ROWS = ['w-40', 'w-52', 'w-32', 'w-44', 'w-36']

/** One API client before its data: strip, header and cards of the same shape. */
export function ApiClientSkeleton() {
  const t = translator('apiClients')
  return (
    <>
      <output className="sr-only">{t('detail.loading')}</output>
      <Skeleton className="h-6 w-full rounded-lg" />
      <div className="flex flex-col gap-2">
        <Skeleton className="w-32" />
        <Skeleton className="h-8 w-64 max-w-full" />
      </div>
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <SkeletonCard />
        <SkeletonCard />
      </div>
      <SkeletonCard />
    </>
  )
}

function SkeletonCard() {
  return (
    <Card>
      <CardHeader>
        <Skeleton className="w-28" />
      </CardHeader>
      <CardContent className="flex flex-col gap-5">
        {ROWS.map((width) => (
          <Skeleton key={width} className={`${width} max-w-full`} />
        ))}
      </CardContent>
    </Card>
  )
}
