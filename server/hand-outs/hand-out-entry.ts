import type { MachineActor } from '../http/machine-actor'

/** A token is about to leave: to whom, of which connection, and when. */
export interface HandOutEntry {
  readonly actor: MachineActor
  readonly connectionId: string
  readonly at: Date
}

const MINUTE_MS = 60_000
/** The minute that was asked for last, which is the same for thousands of calls. */
let latest = { ms: Number.NaN, text: '' }

/** Who got the token of which connection from where. */
export function originOf({ actor: { caller, context }, connectionId }: HandOutEntry): string {
  return `${caller.keyId} ${connectionId} ${context.address}`
}

/** The beginning of the minute in which it happened. */
export function minuteOf({ at }: HandOutEntry): string {
  const ms = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS
  if (ms !== latest.ms) latest = { ms, text: new Date(ms).toISOString() }
  return latest.text
}
