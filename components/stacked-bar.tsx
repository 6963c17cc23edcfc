import { cn } from './ui/cn'
import { TONE_FILL, type Tone } from './ui/tone'

export type StackedBarProps = {
  /** From left to right; together they are the whole. */
  parts: readonly { id: string; count: number; tone: Tone }[]
  className?: string | undefined
}

const [WIDTH, GAP] = [1_000, 2]

/** How a whole falls into parts. A drawing only: the counts stand beside it as text. */
export function StackedBar({ parts, className }: StackedBarProps) {
  const total = parts.reduce((sum, { count }) => sum + count, 0)
  const shown = parts.filter(({ count }) => count > 0)
  return (
    <svg aria-hidden viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" className={cn('h-2.5 w-full overflow-hidden rounded-full bg-sunken', className)}>
      {shown.map(({ id, count, tone }, index) => {
        const before = shown.slice(0, index).reduce((sum, part) => sum + part.count, 0)
        return <rect key={id} x={(before / total) * WIDTH} width={Math.max((count / total) * WIDTH - GAP, 1)} height={10} className={TONE_FILL[tone]} />
      })}
    </svg>
  )
}
