import 'server-only'
import { answered, CLOSED, sent, unanswered, waitOf, type Circuit } from '@/lib/refresh/circuit-breaker'
import { log } from '../log'
import { getRuntime, once } from '../runtime'

const circuits = () => once('refresh circuits', () => new Map<string, Circuit>())
const nowMs = () => getRuntime().clock().getTime()

/** Upstreams that are left alone at the moment. */
export function blockedUpstreams(): string[] {
  return [...circuits()].filter(([, circuit]) => waitOf(circuit, nowMs()) > 0).map(([upstreamId]) => upstreamId)
}

/** Upstreams of which nobody knows whether they are back, and where one probe may ask now. */
export function upstreamsToProbe(): string[] {
  return [...circuits()].filter(([, circuit]) => circuit.open && waitOf(circuit, nowMs()) === 0).map(([upstreamId]) => upstreamId)
}

function isOpen(upstreamId: string): boolean {
  return circuitOf(upstreamId).open !== null
}

/** Milliseconds until an upstream may be tried again. */
export function circuitWaitMs(upstreamId: string): number {
  return waitOf(circuitOf(upstreamId), nowMs())
}

/** Asks to send: false when the upstream is left alone, or another probe is under way. A person is always let through. */
export function enterCircuit(upstreamId: string, insists: boolean): boolean {
  const circuit = circuitOf(upstreamId)
  if (!insists && waitOf(circuit, nowMs()) > 0) return false
  circuits().set(upstreamId, sent(circuit, nowMs()))
  return true
}

/** Octorate answered, whatever it said. @returns true when that ends an outage. */
export function reportAnswer(upstreamId: string): boolean {
  const wasOpen = isOpen(upstreamId)
  circuits().set(upstreamId, answered())
  if (wasOpen) log().info({ upstream: upstreamId }, 'Octorate answers again')
  return wasOpen
}

export function reportSilence(upstreamId: string, retryAfterMs: number | null): void {
  const before = circuitOf(upstreamId)
  const after = unanswered(before, { now: nowMs(), random: Math.random(), retryAfterMs })
  circuits().set(upstreamId, after)
  if (!before.open && after.open) log().warn({ upstream: upstreamId }, 'Octorate does not answer: refreshes wait, and one at a time asks')
}

function circuitOf(upstreamId: string): Circuit {
  return circuits().get(upstreamId) ?? CLOSED
}
