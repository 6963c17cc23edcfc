import 'server-only'
import { LEFT_OUT_REASONS, MOST_RECIPIENTS, type CampaignSelection, type LeftOut, type LeftOutReason } from '@/contracts/campaigns'
import type { ConnectionCause } from '@/lib/connection-status'
import type { Viewer } from '../auth/viewer'
import { whereConnections } from '../connections/list-connections'
import { statusOf } from '../connections/to-dto'
import type { Transaction } from '../db'
import type { Prisma } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import { isLinkOffered } from '../links/is-link-offered'
import { findAsked } from './find-asked'

const COLUMNS = {
  id: true, identity: true, name: true, state: true, cause: true, stateSince: true, disconnectedAt: true, accessExpiresAt: true, contactEmail: true,
  apiClient: { select: { refusedAt: true, foreignRedirectUri: true, deletedAt: true } },
} as const satisfies Prisma.ConnectionSelect

type Row = Prisma.ConnectionGetPayload<{ select: typeof COLUMNS }>

export interface Choice {
  readonly asked: readonly Row[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * The connections that a selection finds, and which of them can be asked. Somebody who disconnected a connection wants no
 * mail to its hotelier, unless it is chosen by itself, or the filter asks for just those.
 *
 * @throws AppError `not_found` when one that is named is not there; `campaign_too_large`
 */
export async function chooseConnections(
  tx: Pick<Transaction, 'connection' | '$queryRaw'>,
  viewer: Pick<Viewer, 'organizationId'>,
  { selection, now }: { selection: CampaignSelection; now: Date },
): Promise<Choice> {
  const { organizationId } = viewer
  const ids = 'connectionIds' in selection ? [...new Set(selection.connectionIds)] : null
  const where = 'connectionIds' in selection ? { organizationId, id: { in: selection.connectionIds } } : whereConnections(viewer, selection.filter, now)
  const rows = await tx.connection.findMany({ where, select: COLUMNS, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: MOST_RECIPIENTS + 1 })
  if (ids && rows.length < ids.length) throw new AppError('not_found')
  if (rows.length > MOST_RECIPIENTS) throw new AppError('campaign_too_large')
  const others = await findAsked(tx, { organizationId, connectionIds: rows.map(({ id }) => id), now })
  const takesDisconnected = ids !== null || ('filter' in selection && selection.filter.status === 'disconnected')
  const judged = rows.map((row) => ({ row, reason: whyNot(row, { now, takesDisconnected, isAsked: others.has(row.id) }) }))
  return {
    asked: judged.flatMap(({ row, reason }) => (reason ? [] : [row])),
    leftOut: judged.flatMap(({ row, reason }) => (reason ? [toLeftOut({ connection: row, reason, cause: row.state === 'refresh_failing' ? row.cause : null })] : [])),
  }
}

interface Circumstances {
  readonly now: Date
  readonly takesDisconnected: boolean
  readonly isAsked: boolean
}

function whyNot(row: Row, { now, takesDisconnected, isAsked }: Circumstances): LeftOutReason | null {
  if (row.state === 'disconnected' && !takesDisconnected) return 'disconnected'
  if (row.apiClient.foreignRedirectUri !== null) return 'link_needs_callback'
  if (!isLinkOffered(row, now)) return 'hotelier_cannot_help'
  return isAsked ? 'in_other_campaign' : null
}

interface Left {
  readonly connection: Pick<Row, 'id' | 'name' | 'identity'>
  readonly reason: string
  readonly cause: string | null
}

export function toLeftOut({ connection, reason, cause }: Left): LeftOut {
  return {
    connection: { id: connection.id, name: connection.name, upstreamId: connection.identity.replace(/^[a-z]+:/, '') },
    reason: LEFT_OUT_REASONS.find((known) => known === reason) ?? 'hotelier_cannot_help',
    cause: cause as ConnectionCause | null,
  }
}

/** Whether Octorate still lets us act for it: then the message says so. */
export function isStillConnected(row: Parameters<typeof statusOf>[0], now: Date): boolean {
  const { status } = statusOf(row, now)
  return status === 'healthy' || status === 'expiring'
}
