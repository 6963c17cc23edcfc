import type { ConsoleProcess } from './console-process'
import { pause } from './pass-time'

const EVERY_MS = 250

export interface HealthSample {
  readonly path: '/healthz' | '/readyz'
  readonly phase: string
  /** Milliseconds of the phase that were over when it was asked. */
  readonly intoMs: number
  /** Whether it was answered before the next phase began. */
  readonly isWithin: boolean
  /** 0 for no answer. */
  readonly status: number
  readonly ms: number
}

/** Asks a console four times a second whether it is alive and ready, until it is stopped. */
export function watchHealth({ url }: ConsoleProcess, phase: () => { readonly phase: string; readonly at: number }): { stop(): Promise<readonly HealthSample[]> } {
  const samples: HealthSample[] = []
  const isOver = new AbortController()
  const ask = async (path: HealthSample['path']) => {
    const began = performance.now()
    const asked = phase()
    const status = await fetch(`${url}${path}`).then(
      async (response) => {
        await response.text()
        return response.status
      },
      () => 0,
    )
    samples.push({ path, phase: asked.phase, intoMs: began - asked.at, isWithin: phase() === asked, status, ms: Math.round(performance.now() - began) })
  }
  const watch = async () => {
    while (!isOver.signal.aborted) await Promise.all([ask('/healthz'), ask('/readyz'), pause(EVERY_MS)])
  }
  const watching = watch()
  return {
    async stop() {
      isOver.abort()
      await watching
      return samples
    },
  }
}
