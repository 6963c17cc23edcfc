import { TONE_FILL, type Tone } from './ui/tone'
import { cn } from './ui/cn'

export type ChartColumn = { key: string; value: number; tone?: Tone | undefined }

export type ColumnChartProps = {
  columns: readonly ChartColumn[]
  /** Words below, at equal distances from the left to the right edge. */
  ticks: readonly string[]
  className?: string | undefined
}

const STEP = 10
const WIDTH = 8
const HEIGHT = 60
/** What is there at all is seen. */
const LEAST = 2

/** Numbers side by side as columns. A drawing only: a table beside it says the same in words. */
export function ColumnChart({ columns, ticks, className }: ColumnChartProps) {
  const most = Math.max(1, ...columns.map(({ value }) => value))
  return (
    <div aria-hidden data-slot="column-chart" className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <svg viewBox={`0 0 ${columns.length * STEP} ${HEIGHT}`} preserveAspectRatio="none" className="h-24 w-full border-b border-line-strong">
        {columns.map(({ key, value, tone = 'accent' }, index) => {
          const height = value === 0 ? 0 : Math.max(LEAST, (value / most) * HEIGHT)
          return <rect key={key} x={index * STEP + 1} y={HEIGHT - height} width={WIDTH} height={height} className={TONE_FILL[tone]} />
        })}
      </svg>
      <div className="flex justify-between text-[0.6875rem] text-muted tabular-nums">
        {ticks.map((tick) => (
          <span key={tick} className="whitespace-nowrap max-sm:nth-[2]:hidden max-sm:nth-[4]:hidden">
            {tick}
          </span>
        ))}
      </div>
    </div>
  )
}
