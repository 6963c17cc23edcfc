export interface Deadline {
  readonly signal: AbortSignal
  /** Rejects when time is up; never resolves. */
  readonly passed: Promise<never>
  readonly hasPassed: boolean
  readonly phase: 'headers' | 'body'
  headersCame(): void
  /** Stops the clocks and drops whatever is still on the wire. */
  end(): void
}

/** Two clocks for one call: one until its headers are there, one for the whole of it. */
export function startDeadline({ headersMs, wholeMs }: { headersMs: number; wholeMs: number }): Deadline {
  const controller = new AbortController()
  const { promise, reject } = withReject()
  const state: { hasPassed: boolean; phase: 'headers' | 'body' } = { hasPassed: false, phase: 'headers' }
  const pass = () => {
    state.hasPassed = true
    reject(new Error('deadline'))
    controller.abort()
  }
  const headersTimer = setTimeout(pass, Math.min(headersMs, wholeMs))
  const wholeTimer = setTimeout(pass, wholeMs)
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
      clearTimeout(headersTimer)
    },
    end() {
      clearTimeout(headersTimer)
      clearTimeout(wholeTimer)
      controller.abort()
    },
  }
}

function withReject(): { promise: Promise<never>; reject: (reason: Error) => void } {
  let reject: (reason: Error) => void = () => {}
  const promise = new Promise<never>((_resolve, refuse) => {
    reject = refuse
  })
  return { promise, reject }
}
