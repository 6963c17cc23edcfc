import { EXCHANGE_STEPS, type AuthorizationDetail, type ExchangeStep } from '@/contracts/authorizations'
import type { StepStatus } from '@/components/step-strip'

export type StripStep = { name: ExchangeStep['name']; status: StepStatus; recorded: ExchangeStep | null }

type FlowStatus = AuthorizationDetail['status']

/** Octorate's minute (contract, "Case 1: consent flow"). */
export const CODE_LIFETIME_MS = 60_000

/** Where a flow is while nothing of it is written down yet. */
const RUNNING: Partial<Record<FlowStatus, ExchangeStep['name']>> = { waiting: 'authorize', working: 'exchange' }

/** The four boxes of the strip: what was recorded, what runs now, and what was never reached. */
export function toStripSteps(steps: readonly ExchangeStep[], flow: FlowStatus): readonly StripStep[] {
  const running = RUNNING[flow]
  const runningAt = running === undefined ? -1 : EXCHANGE_STEPS.indexOf(running)
  // A step that was begun in a flow that is over was never ended: its process died.
  const pending = running === undefined ? 'failed' : 'running'
  return EXCHANGE_STEPS.map((name, index) => {
    const recorded = steps.find((step) => step.name === name) ?? null
    if (recorded !== null) return { name, recorded, status: recorded.status === 'pending' ? pending : recorded.status }
    if (runningAt < 0) return { name, recorded, status: 'skipped' }
    return { name, recorded, status: index < runningAt ? 'done' : index === runningAt ? 'running' : 'waiting' }
  })
}

/** When the code's minute is over, in milliseconds since 1970, while the exchange runs; else null. */
export function minuteUntilMs(steps: readonly ExchangeStep[], flow: FlowStatus): number | null {
  const isExchanging = steps.some(({ name, status }) => name === 'exchange' && status === 'pending')
  const returnedAt = steps.find((step) => step.name === 'callback')?.startedAt ?? null
  return flow === 'working' && isExchanging && returnedAt !== null ? Date.parse(returnedAt) + CODE_LIFETIME_MS : null
}

/** How much of Octorate's minute was used, from the browser's return to the end of the exchange; null when unknown. */
export function minuteUsedMs(steps: readonly ExchangeStep[]): number | null {
  const returnedAt = steps.find((step) => step.name === 'callback')?.startedAt
  const exchange = steps.find((step) => step.name === 'exchange')
  if (returnedAt === undefined || returnedAt === null) return null
  if (exchange === undefined || exchange.startedAt === null || exchange.durationMs === null) return null
  return Math.max(0, Date.parse(exchange.startedAt) + exchange.durationMs - Date.parse(returnedAt))
}

/** Octorate's own id of the last call that it answered: what to quote to Octorate. */
export function upstreamRequestIdOf(steps: readonly ExchangeStep[]): string | null {
  const ids = steps.flatMap((step) => step.exchanges.flatMap(({ responseHeaders }) => responseHeaders['request-id'] ?? []))
  return ids.at(-1) ?? null
}
