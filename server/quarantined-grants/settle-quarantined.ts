import 'server-only'
import { OPERATOR_ASKED } from '@/lib/connection-status'
import { db } from '../db'
import { Prisma, type QuarantinedGrant } from '../generated/prisma/client'
import { log } from '../log'
import { refreshNow } from '../refresh/refresh-now'
import { getRuntime } from '../runtime'
import { withinTime } from '../within-time'
import { adoptGrant } from './adopt'

/** A hotelier's browser waits no longer for it; what was begun goes on. */
const BROWSER_WAITS_MS = 10_000
const CLAIM_MS = 60_000
const FIRST_RETRY_MS = 60_000
const LONGEST_RETRY_MS = 60 * 60_000
const AT_ONCE = 10

/** Refusals that say that the other property's stored grant is of no use any more. */
const DEAD = ['refresh_refused_once', 'reconnect_required', 'refresh_token_missing']

/** Decides about a grant that was put aside just now, as far as that is known within a browser's patience. */
export async function settleQuarantinedSoon(id: string | null): Promise<void> {
  if (id === null) return
  const row = await db().quarantinedGrant.findFirst({ where: { id, state: 'probing' } })
  if (row) await withinTime(settle(row), BROWSER_WAITS_MS)
}

/** Decides what a crash, an outage or a quota left undecided, and erases what nobody wanted for a day. */
export async function settleQuarantined(now: Date): Promise<void> {
  const due = await db().quarantinedGrant.findMany({
    where: { state: 'probing', nextTryAt: { lte: now }, expiresAt: { gt: now } },
    orderBy: { nextTryAt: 'asc' },
    take: AT_ONCE,
  })
  for (const row of due) {
    const claimed = await db().quarantinedGrant.updateMany({
      where: { id: row.id, state: 'probing', nextTryAt: row.nextTryAt },
      data: { nextTryAt: new Date(now.getTime() + CLAIM_MS) },
    })
    if (claimed.count === 1) await settle(row)
  }
  await db().quarantinedGrant.updateMany({
    where: { state: { in: ['probing', 'held'] }, expiresAt: { lte: now } },
    data: { state: 'erased', answerSealed: null, settledAt: now },
  })
}

/** Whether there are any. */
export function anyQuarantined(now: Date): Prisma.Sql {
  return Prisma.sql`(
    EXISTS (SELECT 1 FROM quarantined_grants WHERE state = 'probing' AND next_try_at <= ${now} AND expires_at > ${now})
    OR EXISTS (SELECT 1 FROM quarantined_grants WHERE state IN ('probing', 'held') AND expires_at <= ${now})
  )`
}

/**
 * The new consent may have ended the other property's old grant at Octorate. Its stored refresh token is tried: when it is
 * alive the new grant is not needed, when it is dead the new one takes its place, and when nobody knows it waits.
 */
async function settle(row: QuarantinedGrant): Promise<void> {
  try {
    await decide(row)
  } catch (err) {
    log().warn({ err, quarantinedGrant: row.id }, 'a grant in quarantine could not be decided about')
    await later(row)
  }
}

async function decide(row: QuarantinedGrant): Promise<void> {
  const { organizationId, connectionId: id } = row
  const other = id && (await db().connection.findFirst({ where: { id, organizationId }, select: { id: true, state: true, cause: true } }))
  if (!other || other.state === 'disconnected') return hold(row)
  // Who asked for a new consent says whether this one, which came before, is one.
  if (other.cause === OPERATOR_ASKED) return hold(row)
  if (other.state === 'reconnect_required') return adopt(row)
  const result = await refreshNow({ id: other.id, organizationId }, { reason: 'manual' })
  if (result.outcome === 'refreshed') return close(row, 'unneeded')
  if (DEAD.includes(result.error.code)) return adopt(row)
  if (result.error.code === 'already_disconnected') return hold(row)
  return later(row)
}

async function adopt(row: QuarantinedGrant): Promise<void> {
  await adoptGrant(row, { state: 'adopted', action: 'quarantined_grant.adopted', actor: { kind: 'system' }, userId: null })
}

async function close({ id }: QuarantinedGrant, state: 'unneeded'): Promise<void> {
  const settledAt = getRuntime().clock()
  await db().quarantinedGrant.updateMany({ where: { id, state: 'probing' }, data: { state, answerSealed: null, settledAt } })
}

/** Nobody disconnects by accident: whether the property comes back is for somebody to say. */
async function hold({ id, expiresAt }: QuarantinedGrant): Promise<void> {
  await db().quarantinedGrant.updateMany({ where: { id, state: 'probing' }, data: { state: 'held', nextTryAt: expiresAt } })
}

async function later({ id, tries }: QuarantinedGrant): Promise<void> {
  const delayMs = Math.min(FIRST_RETRY_MS * 2 ** tries, LONGEST_RETRY_MS)
  const nextTryAt = new Date(getRuntime().clock().getTime() + delayMs)
  await db().quarantinedGrant.updateMany({ where: { id, state: 'probing' }, data: { nextTryAt, tries: { increment: 1 } } })
}
