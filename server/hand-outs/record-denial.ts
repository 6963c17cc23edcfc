import 'server-only'
import { RecentMap } from '@/lib/recent-map'
import { recordAudit } from '../audit/record-audit'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { MachineActor } from '../http/machine-actor'
import { log } from '../log'
import { getRuntime, once } from '../runtime'

interface Denied {
  readonly action: 'access_token.denied' | 'access.denied'
  /** What was asked for: a connection, a property or an endpoint. */
  readonly target: { readonly kind: 'connection' | 'property' | 'endpoint'; readonly id: string }
}

interface Told {
  readonly sinceMs: number
  repeats: number
}

/** A back end that goes on asking is told of once in this time, with how often it asked. */
const TOLD_AGAIN_AFTER_MS = 60 * 60_000
const MOST_TOLD = 20_000

/** What is no denial, but a moment in which nothing could be had or written down. */
const PASSING = new Set(['temporarily_unavailable', 'database_unavailable', 'internal', 'rate_limited'])

/**
 * Leaves an audit event of what a machine key was refused: at once the first time, then at most once an hour for each
 * key, target and reason. Targets that are not there, or not the key's, count as one, or ids could be made up to fill the
 * log. Failing to write it changes nothing for the caller, who gets nothing anyway.
 */
export async function recordDenial({ caller, context }: MachineActor, { action, target }: Denied, error: unknown): Promise<void> {
  if (!(error instanceof AppError) || PASSING.has(error.code)) return
  const reason = error.code
  const told = once('told denials', () => new RecentMap<string, Told>(MOST_TOLD))
  const name = `${caller.keyId} ${reason === 'not_found' ? '' : target.id} ${reason}`
  const at = getRuntime().clock()
  const before = told.get(name)
  if (before && at.getTime() - before.sinceMs < TOLD_AGAIN_AFTER_MS) {
    before.repeats += 1
    return
  }
  told.set(name, { sinceMs: at.getTime(), repeats: 0 })
  const detail = { reason, repeats: before?.repeats ?? 0 }
  const actor = { kind: 'machine_key', id: caller.keyId } as const
  try {
    await recordAudit(db(), { action, outcome: 'denied', organizationId: caller.organizationId, actor, target, detail, context, at })
  } catch (err) {
    // The next one is told of at once, instead of an hour later.
    if (before) told.set(name, before)
    else told.delete(name)
    log().error({ err, requestId: context.requestId }, 'a denial could not be written down')
  }
}
