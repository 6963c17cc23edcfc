import { getRuntime, once, type Runtime } from './runtime'

/** A request that takes longer than that, such as a download, holds nobody up any more. */
const COUNTS_FOR_MS = 250
/** Whoever has waited that long has their turn: somebody may always be asking. */
const LONGEST_WAIT_MS = 250

interface Turns {
  /** Pages and endpoints that are being answered for people. */
  requests: number
  readonly waiting: { readonly since: number; readonly go: () => void }[]
  isPumping: boolean
  /** Ends the wait for requests, or for the longest wait. */
  wake: () => void
}

type Shared = Pick<Runtime, 'singletons'>

function turns(runtime: Shared = getRuntime()): Turns {
  return once<Turns>('requests and who lets them go first', () => ({ requests: 0, waiting: [], isPumping: false, wake: () => undefined }), runtime)
}

/** A page or an endpoint begins to be answered. @returns what to call when it is. */
export function beginRequest(runtime?: Shared): () => void {
  const own = turns(runtime)
  own.requests += 1
  let isOver = false
  const end = () => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    own.requests -= 1
    if (own.requests === 0) own.wake()
  }
  const timer = setTimeout(end, COUNTS_FOR_MS)
  timer.unref()
  return end
}

/**
 * Waits while people wait for a page, a quarter of a second at most: before each piece of what thousands are done of in the
 * background. Those who waited go on one by one, with a turn of the event loop in between, so that what has just been asked
 * comes before the rest of them.
 */
export function requestsFirst(): Promise<void> {
  const own = turns()
  return new Promise((go) => {
    own.waiting.push({ since: performance.now(), go })
    if (!own.isPumping) void pump(own)
  })
}

async function pump(own: Turns): Promise<void> {
  own.isPumping = true
  for (let first = own.waiting[0]; first; first = own.waiting[0]) {
    const leftMs = first.since + LONGEST_WAIT_MS - performance.now()
    if (own.requests > 0 && leftMs > 0) await untilWoken(own, leftMs)
    else own.waiting.shift()?.go()
    await new Promise((resolve) => setImmediate(resolve))
  }
  own.isPumping = false
}

function untilWoken(own: Turns, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => own.wake(), ms)
    own.wake = () => {
      clearTimeout(timer)
      own.wake = () => undefined
      resolve()
    }
  })
}
