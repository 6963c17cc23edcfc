/** Waits, but no longer than until the signal says to stop. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return beginPause(ms, signal).over
}

/** The same, for whom something else may end it too. */
export function beginPause(ms: number, signal: AbortSignal): { readonly over: Promise<void>; end(): void } {
  let end = () => {}
  const over = new Promise<void>((resolve) => {
    if (signal.aborted) return resolve()
    end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
  })
  return { over, end: () => end() }
}
