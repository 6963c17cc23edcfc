import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/skeleton'
import { translator } from '@/messages/translator'

const ROWS = ['w-40', 'w-52', 'w-32', 'w-44', 'w-36']

/** One link before its data: header and cards of the same shape. */
export function LinkSkeleton() {
  const t = translator('links')
  return (
    <>
      <output className="sr-only">{t('detail.loading')}</output>
      <div className="flex flex-col gap-2">
        <Skeleton className="w-32" />
        <Skeleton className="h-8 w-64 max-w-full" />
      </div>
      <div className="grid items-start gap-5 xl:grid-cols-2">
        {['steps', 'facts'].map((part) => (
          <Card key={part}>
            <CardHeader>
              <Skeleton className="w-28" />
            </CardHeader>
            <CardContent className="flex flex-col gap-5">
              {ROWS.map((width) => (
                <Skeleton key={width} className={`${width} max-w-full`} />
              ))}
            </CardContent>
          </Card>
        ))}
      </div>
    </>
  )
}
