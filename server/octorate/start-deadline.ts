export interface Deadline {
  readonly signal: AbortSignal
  /** Rejects when time is up; never resolves. */
  readonly passed: Promise<never>
  readonly hasPassed: boolean
  readonly phase: 'headers' | 'body'
  headersCame(): void
  /** The whole of it: nothing is on the wire any more. */
  bodyCame(): void
  /** Stops the clocks and drops whatever is still on the wire. */
  end(): void
}

/** A timer that rings so much too late was held up together with its process. */
const HELD_UP_MS = 500
/** What arrived meanwhile is still to be read. */
const READ_ON_MS = 2_000

/**
 * Two clocks for one call: one until its headers are there, one for the whole of it. A process that stood still (stopped,
 * or on a machine without breath) wakes up past its deadline with the answer perhaps at hand; it gets a moment to read
 * it, because it may hold the only copy of a new refresh token.
 */
export function startDeadline({ headersMs, wholeMs }: { headersMs: number; wholeMs: number }): Deadline {
  const controller = new AbortController()
  const { promise, reject } = withReject()
  const state: { hasPassed: boolean; isWhole: boolean; phase: 'headers' | 'body' } = { hasPassed: false, isWhole: false, phase: 'headers' }
  const pass = () => {
    state.hasPassed = true
    reject(new Error('deadline'))
    controller.abort()
  }
  const headersTimer = startTimer(Math.min(headersMs, wholeMs), pass)
  const wholeTimer = startTimer(wholeMs, pass)
  return {
    signal: controller.signal,
    passed: promise,
    get hasPassed() {
      return state.hasPassed
    },
    get phase() {
      return state.phase
    },
    headersCame() {
      state.phase = 'body'
      headersTimer.stop()
    },
    bodyCame() {
      state.isWhole = true
    },
    end() {
      headersTimer.stop()
      wholeTimer.stop()
      if (!state.isWhole) controller.abort()
    },
  }
}

function startTimer(ms: number, ring: () => void): { stop(): void } {
  const dueAt = performance.now() + ms
  let timer = setTimeout(() => {
    if (performance.now() - dueAt < HELD_UP_MS) ring()
    else timer = setTimeout(ring, READ_ON_MS)
  }, ms)
  return { stop: () => clearTimeout(timer) }
}

function withReject(): { promise: Promise<never>; reject: (reason: Error) => void } {
  let reject: (reason: Error) => void = () => {}
  const promise = new Promise<never>((_resolve, refuse) => {
    reject = refuse
  })
  return { promise, reject }
}
