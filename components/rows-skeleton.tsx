import { CardContent } from './ui/card'
import { Skeleton } from './ui/skeleton'

/** Stands in for rows of a card that are not there yet. */
export function RowsSkeleton({ rows = 5 }: { rows?: number }) {
  return (
    <CardContent aria-busy className="flex flex-col gap-5 pt-5 in-has-[[data-slot=card-header]]:pt-0">
      {Array.from({ length: rows }, (_none, index) => (
        <Skeleton key={index} className={index % 2 === 0 ? 'w-full' : 'w-2/3'} />
      ))}
    </CardContent>
  )
}
