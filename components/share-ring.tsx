import { cn } from './ui/cn'
import { TONE_STROKE, type Tone } from './ui/tone'

export type ShareRingProps = {
  /** How much is used, 0 to 1. */
  share: number
  /** Accessible name: the whole sentence. */
  label: string
  /** A few characters for the middle. */
  text: string
  tone?: Tone | undefined
  className?: string | undefined
}

/** A ring that stands still: how much of something was used. Ring is the one that empties. */
export function ShareRing({ share, label, text, tone = 'accent', className }: ShareRingProps) {
  const drawn = Math.min(1, Math.max(0.02, share))
  return (
    <span data-slot="share-ring" className={cn('relative inline-grid size-11 shrink-0 place-items-center', className)}>
      <svg viewBox="0 0 36 36" className="size-full -rotate-90" role="img" aria-label={label}>
        <circle cx="18" cy="18" r="15.5" fill="none" strokeWidth="3" className="stroke-line" />
        <circle
          cx="18"
          cy="18"
          r="15.5"
          fill="none"
          strokeWidth="3"
          strokeLinecap="round"
          pathLength="1"
          strokeDasharray={`${drawn} 2`}
          className={TONE_STROKE[tone]}
        />
      </svg>
      <span aria-hidden className="absolute text-[0.6875rem] font-semibold tabular-nums">
        {text}
      </span>
    </span>
  )
}
