const OPENS_AFTER = 5
const FIRST_PAUSE_MS = 1_000
/** Two probes of one process are never farther apart, save for Octorate's own Retry-After. */
export const LONGEST_PAUSE_MS = 30_000
/** A probe whose outcome nobody reported, because its process stood still, blocks no other for longer. */
const PROBE_MS = 30_000

/** What is known about an upstream: how many refreshes in a row met no answer, and until when it is left alone. */
export interface Circuit {
  readonly failures: number
  readonly open: null | {
    readonly since: number
    readonly probeAt: number
    /** Probes so far. */
    readonly probes: number
    readonly probingSince: number | null
  }
}

export const CLOSED: Circuit = { failures: 0, open: null }

/** Milliseconds until a refresh may be sent; 0 at once. A clock that went back is no reason to wait. */
export function waitOf({ open }: Circuit, now: number): number {
  if (!open || now < open.since) return 0
  const { probingSince } = open
  const probing = probingSince === null || now - probingSince >= PROBE_MS ? 0 : PROBE_MS - (now - probingSince)
  return Math.max(open.probeAt - now, probing, 0)
}

/** A refresh is sent: while the circuit is open it is the probe, and the only one. */
export function sent(circuit: Circuit, now: number): Circuit {
  return circuit.open ? { ...circuit, open: { ...circuit.open, probingSince: now } } : circuit
}

/** Octorate answered, whatever it said. */
export function answered(): Circuit {
  return CLOSED
}

interface Silence {
  readonly now: number
  readonly random: number
  readonly retryAfterMs: number | null
}

/**
 * No answer, or a 5xx. The fifth in a row opens the circuit; every failed probe doubles the pause to the next, from one
 * second to thirty, with jitter over its upper half.
 */
export function unanswered({ failures, open }: Circuit, { now, random, retryAfterMs }: Silence): Circuit {
  const count = failures + 1
  if (!open && count < OPENS_AFTER) return { failures: count, open: null }
  // Those that were under way when the circuit opened say nothing new.
  if (open && open.probingSince === null) return { failures: count, open }
  const probes = open ? open.probes + 1 : 0
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(probes, 20), LONGEST_PAUSE_MS)
  const probeAt = now + (retryAfterMs ?? 0) + Math.round(pause * (0.5 + random / 2))
  return { failures: count, open: { since: now, probeAt, probes, probingSince: null } }
}
