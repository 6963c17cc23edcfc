import 'server-only'
import { OPERATOR_ASKED } from '@/lib/connection-status'
import { Prisma } from '../generated/prisma/client'

/**
 * Whether no token from elsewhere may take a connection's place: it lives, or an owner asked for a new consent, which
 * nothing else is. As a condition of a query, and of a statement on connections `c`.
 */
export const HOLDS_ITS_PLACE = {
  OR: [{ state: { notIn: ['disconnected', 'reconnect_required'] } }, { state: 'reconnect_required', cause: OPERATOR_ASKED }],
} satisfies Prisma.ConnectionWhereInput

export const HOLDS_ITS_PLACE_SQL = Prisma.sql`(c.state NOT IN ('disconnected', 'reconnect_required')
  OR (c.state = 'reconnect_required' AND c.cause = ${OPERATOR_ASKED}))`
