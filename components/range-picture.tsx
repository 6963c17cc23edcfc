import { useId } from 'react'
import { toBars, type Range } from './to-bars'
import { cn } from './ui/cn'
import { TONE_FILL, type Tone } from './ui/tone'

export type RangePictureProps = {
  ranges: readonly Range[]
  /** Where a range means nothing: drawn behind, in the quiet colour. */
  backdrop?: readonly Range[] | undefined
  /** How many numbers the whole picture stands for. */
  space: number
  /** Accessible name: the whole sentence. The ranges themselves stand beside the picture as text. */
  label: string
  /** Words below the picture, at equal distances from its left to its right edge. */
  ticks: readonly string[]
  tone?: Tone | undefined
  className?: string | undefined
}

const COLUMNS = 512
const HEIGHT = 20

/** Which parts of a number line are covered. A drawing only: what it shows is said in words next to it. */
export function RangePicture({ ranges, backdrop = [], space, label, ticks, tone = 'accent', className }: RangePictureProps) {
  const id = useId()
  const scale = { space, columns: COLUMNS }
  return (
    <figure data-slot="range-picture" aria-labelledby={id} className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <svg
        aria-hidden
        viewBox={`0 0 ${COLUMNS} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-6 w-full overflow-hidden rounded-md border border-line-strong"
      >
        <rect width={COLUMNS} height={HEIGHT} className="fill-surface" />
        {toBars(backdrop, scale).map(({ x, width }) => (
          <rect key={x} x={x} width={width} height={HEIGHT} className="fill-line" />
        ))}
        {/* A bar of one column would be thinner than a pixel on a phone. */}
        {toBars(ranges, scale).map(({ x, width }) => (
          <rect key={x} x={x - 1} width={width + 2} height={HEIGHT} className={TONE_FILL[tone]} />
        ))}
      </svg>
      <div aria-hidden className="flex justify-between font-mono text-[0.6875rem] text-muted">
        {ticks.map((tick) => (
          <span key={tick} className="whitespace-nowrap max-sm:nth-[2]:hidden max-sm:nth-[4]:hidden">
            {tick}
          </span>
        ))}
      </div>
      <figcaption id={id} className="sr-only">
        {label}
      </figcaption>
    </figure>
  )
}
