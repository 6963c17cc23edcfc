export type LiveRegionProps = { message: string; urgent?: boolean | undefined }

/** Says a change to screen readers. Keep it on the page: only what changes in it is spoken. */
export function LiveRegion({ message, urgent = false }: LiveRegionProps) {
  return (
    <div data-slot="live-region" aria-live={urgent ? 'assertive' : 'polite'} aria-atomic className="sr-only">
      {message}
    </div>
  )
}
