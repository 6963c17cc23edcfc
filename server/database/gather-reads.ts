import { AppError } from '../http/app-error'

/** Longer than a read may take; a connection that went silent must not hold up everybody behind it. */
const WITHIN_MS = 5_000
const MOST_AT_ONCE = 500

/** Reads what is there of many ids in one query. */
type Load<V> = (ids: readonly string[]) => Promise<ReadonlyMap<string, V>>

interface Wanted<V> {
  readonly promise: Promise<V | undefined>
  resolve(value: V | undefined): void
  reject(error: unknown): void
}

/**
 * Turns single reads into batches: at most one query is under way, and whoever asks meanwhile shares the next one. Each
 * id is asked for once however many want it, so that neither many callers nor many ids exhaust the pool.
 *
 * @returns a read of one id; rejects as the query of its batch does, or with AppError `database_unavailable` when that
 * takes longer than five seconds.
 */
export function gatherReads<V>(load: Load<V>): (id: string) => Promise<V | undefined> {
  const waiting = new Map<string, Wanted<V>>()
  const underWay = new Map<string, Wanted<V>>()

  const run = async () => {
    for (const [id, wanted] of waiting) {
      if (underWay.size === MOST_AT_ONCE) break
      waiting.delete(id)
      underWay.set(id, wanted)
    }
    try {
      const found = await inTime(load([...underWay.keys()]))
      for (const [id, wanted] of underWay) wanted.resolve(found.get(id))
    } catch (error) {
      for (const wanted of underWay.values()) wanted.reject(error)
    }
    underWay.clear()
    if (waiting.size > 0) void run()
  }

  return (id) => {
    const known = underWay.get(id) ?? waiting.get(id)
    if (known) return known.promise
    const wanted = makeWanted<V>()
    waiting.set(id, wanted)
    // After this turn of the loop: requests that arrived together share the first query too.
    if (underWay.size === 0 && waiting.size === 1) setImmediate(() => void run())
    return wanted.promise
  }
}

function makeWanted<V>(): Wanted<V> {
  let settle: Pick<Wanted<V>, 'resolve' | 'reject'> | undefined
  const promise = new Promise<V | undefined>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return { promise, resolve: (value) => settle?.resolve(value), reject: (error) => settle?.reject(error) }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('database_unavailable')), WITHIN_MS)
  })
  try {
    return await Promise.race([work, deadline])
  } finally {
    clearTimeout(timer)
  }
}
