import 'server-only'
import { randomUUID } from 'node:crypto'
import { recordAudit, type AuditActor } from '../audit/record-audit'
import { openGateway } from '../api-clients/open-gateway'
import { requireKeys } from '../crypto/require-keys'
import { open, seal, type SealContext } from '../crypto/seal'
import { adminToken, type AdminToken } from '../crypto/tokens'
import { transaction } from '../database/transaction'
import { db } from '../db'
import type { AdminToken as Row, ApiClient } from '../generated/prisma/client'
import type { RequestContext } from '../http/request-context'
import type { MaskedExchange } from '../octorate/mask-exchange'
import { getRuntime } from '../runtime'
import { logIn } from './log-in'

export interface Who {
  readonly actor: AuditActor
  readonly context?: RequestContext
  /** Gets every exchange with Octorate, masked. */
  readonly watch?: (exchange: MaskedExchange) => void
}

/** The stored admin token in use, opened; null when there is none that is valid still. */
export async function findAdminToken(apiClient: Pick<ApiClient, 'id' | 'organizationId'>): Promise<AdminToken | null> {
  const row = await findHeldRow(apiClient)
  return row && openAdminToken(row)
}

/** The same still sealed. */
export function findHeldRow(apiClient: Pick<ApiClient, 'id' | 'organizationId'>): Promise<Row | null> {
  return db().adminToken.findFirst({
    where: {
      apiClientId: apiClient.id,
      organizationId: apiClient.organizationId,
      retiredAt: null,
      expiresAt: { gt: getRuntime().clock() },
    },
    orderBy: { issuedAt: 'desc' },
  })
}

/** A token of the history, opened. */
export function openAdminToken(row: Pick<Row, 'id' | 'organizationId' | 'tokenSealed'>): AdminToken {
  return adminToken(open(requireKeys(), contextOf(row), row.tokenSealed))
}

/**
 * Logs in at Octorate (contract, "Case 2: ApiLogin") and keeps the token sealed; an earlier one is retired here.
 *
 * @throws AppError `api_client_refused` when Octorate does not take id and secret; upstream errors otherwise.
 */
export async function obtainAdminToken(apiClient: ApiClient, who: Who): Promise<AdminToken> {
  const grant = await logIn(openGateway(apiClient, who.watch))
  const now = getRuntime().clock()
  const row = { id: randomUUID(), organizationId: apiClient.organizationId }
  await transaction(async (tx) => {
    await tx.adminToken.updateMany({ where: { apiClientId: apiClient.id, retiredAt: null }, data: { retiredAt: now } })
    await tx.adminToken.create({
      data: {
        ...row,
        apiClientId: apiClient.id,
        tokenSealed: seal(requireKeys(), contextOf(row), grant.adminToken.reveal()),
        tokenLast4: grant.adminToken.last4,
        issuedAt: now,
        expiresAt: grant.expiresAt,
      },
    })
    await recordAudit(tx, {
      action: 'admin_token.obtained',
      outcome: 'success',
      organizationId: apiClient.organizationId,
      actor: who.actor,
      target: { kind: 'api_client', id: apiClient.id },
      detail: { expiresAt: grant.expiresAt.toISOString() },
      ...(who.context ? { context: who.context } : {}),
      at: now,
    })
  })
  return grant.adminToken
}

function contextOf(row: { id: string; organizationId: string }): SealContext {
  return { table: 'admin_tokens', column: 'token_sealed', organizationId: row.organizationId, rowId: row.id, version: 1 }
}
