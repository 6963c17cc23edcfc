import { canHotelierHelp } from '@/lib/links/can-hotelier-help'
import { statusOf, type ConnectionRow } from '../connections/to-dto'
import type { ApiClient } from '../generated/prisma/client'

type Facts = Pick<ConnectionRow, 'state' | 'cause' | 'stateSince' | 'disconnectedAt' | 'accessExpiresAt'> & {
  readonly apiClient: Pick<ApiClient, 'refusedAt' | 'foreignRedirectUri' | 'deletedAt'>
}

/** Whether a link may be made for a connection: a hotelier can help, and can come back to this server. */
export function isLinkOffered(row: Facts, now: Date): boolean {
  const { refusedAt, foreignRedirectUri, deletedAt } = row.apiClient
  const { status } = statusOf(row, now)
  return deletedAt === null && foreignRedirectUri === null && canHotelierHelp({ status, isClientRefused: refusedAt !== null })
}
