const ACTS = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const

/** A page that nobody has touched for so long asks for nothing by itself. */
export const POLLS_FOR_MS = 5 * 60 * 1000

export interface Presence {
  /** Somebody pressed, scrolled, typed, or came back to the page. */
  touch(): void
  /** True when nobody has touched the page since this was last asked: the request in hand is the page's own. */
  takeUnattended(): boolean
  /** True for some minutes after the last touch. */
  mayPoll(): boolean
  /** Calls back at the first touch after polls have stopped; gives back how to leave off. */
  onReturn(listener: () => void): () => void
}

/** Knows whether somebody is at the page. Opening it is a touch, which the server has counted by itself. */
export function makePresence(now: () => number): Presence {
  let touchedAt = now()
  let isTouched = false
  const listeners = new Set<() => void>()
  const mayPoll = () => now() - touchedAt < POLLS_FOR_MS
  return {
    mayPoll,
    touch() {
      const wasAway = !mayPoll()
      touchedAt = now()
      isTouched = true
      if (wasAway) for (const listener of listeners) listener()
    },
    takeUnattended() {
      const isUnattended = !isTouched
      isTouched = false
      return isUnattended
    },
    onReturn(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** This page's. */
export const presence = makePresence(() => Date.now())

/** Notices touches of the page; gives back how to leave off. */
export function watchTouches(touched: () => void): () => void {
  const options = { capture: true, passive: true }
  const looked = () => {
    if (document.visibilityState === 'visible') touched()
  }
  for (const act of ACTS) window.addEventListener(act, touched, options)
  document.addEventListener('visibilitychange', looked)
  return () => {
    for (const act of ACTS) window.removeEventListener(act, touched, options)
    document.removeEventListener('visibilitychange', looked)
  }
}
