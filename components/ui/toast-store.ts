import type { Tone } from './tone'

export type ToastTone = Extract<Tone, 'success' | 'danger' | 'warning' | 'info'>

export type ToastOptions = {
  description?: string | undefined
  /** One act, such as undo. `hint` tells a screen reader how to do the same elsewhere. */
  action?: { label: string; hint: string; onClick: () => void } | undefined
  /** Default 6 s, 12 s when something went wrong. */
  durationMs?: number | undefined
}

export type ToastRecord = ToastOptions & { id: number; tone: ToastTone; title: string; open: boolean }

const MOST_AT_ONCE = 4

let records: readonly ToastRecord[] = []
let lastId = 0
const listeners = new Set<() => void>()

function show(tone: ToastTone, title: string, options: ToastOptions = {}): number {
  lastId += 1
  change([...records, { ...options, id: lastId, tone, title, open: true }].slice(-MOST_AT_ONCE))
  return lastId
}

/** Shows a passing message; the Toaster draws it. Each call returns an id for `dismiss`. */
export const toast = {
  success: (title: string, options?: ToastOptions) => show('success', title, options),
  error: (title: string, options?: ToastOptions) => show('danger', title, options),
  warning: (title: string, options?: ToastOptions) => show('warning', title, options),
  info: (title: string, options?: ToastOptions) => show('info', title, options),
  dismiss: (id: number) => change(records.map((record) => (record.id === id ? { ...record, open: false } : record))),
  remove: (id: number) => change(records.filter((record) => record.id !== id)),
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function readToasts(): readonly ToastRecord[] {
  return records
}

function change(next: readonly ToastRecord[]): void {
  records = next
  for (const listener of listeners) listener()
}
