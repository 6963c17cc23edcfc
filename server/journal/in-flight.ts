import 'server-only'
import { once } from '../runtime'

const sends = () => once('sends in flight', () => new Set<Promise<unknown>>())

/**
 * Runs a send whose answer must be committed, and remembers it until that is done: a stop waits for it, whatever became
 * of the browser that asked.
 */
export async function inFlight<T>(work: () => Promise<T>): Promise<T> {
  const send = work()
  const watched = send.catch(() => undefined)
  sends().add(watched)
  try {
    return await send
  } finally {
    sends().delete(watched)
  }
}

/** Waits until every send is committed or has failed; at most `withinMs`. */
export async function drainSends(withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs)
  })
  await Promise.race([Promise.all(sends()), late]).finally(() => clearTimeout(timer))
}
