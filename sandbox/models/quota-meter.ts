import type { SandboxSettings } from './settings'

/** Counts calls in windows, per grant or API client (API description, Quota: about 100 per property per 5 minutes). */
export type QuotaMeter = {
  count(holder: string, now: number, settings: SandboxSettings): { readonly exceeded: boolean; readonly over: number }
  remaining(holder: string, now: number, settings: SandboxSettings): number
  clear(): void
}

export function createQuotaMeter(): QuotaMeter {
  const windows = new Map<string, { startedAt: number; calls: number }>()

  const callsOf = (holder: string, now: number, settings: SandboxSettings) => {
    const window = windows.get(holder)
    if (!window || now - window.startedAt >= settings.quotaWindowMs || now < window.startedAt) return 0
    return window.calls
  }

  return {
    count(holder, now, settings) {
      const calls = callsOf(holder, now, settings) + 1
      const window = windows.get(holder)
      if (window && calls > 1) window.calls = calls
      else windows.set(holder, { startedAt: now, calls: 1 })
      return { exceeded: calls > settings.quotaLimit, over: calls - settings.quotaLimit }
    },
    remaining: (holder, now, settings) => Math.max(0, settings.quotaLimit - callsOf(holder, now, settings)),
    clear: () => windows.clear(),
  }
}
