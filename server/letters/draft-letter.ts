import 'server-only'
import type { z } from 'zod'
import type { draftLetter as endpoint, Letter } from '@/contracts/letters'
import { isUuid } from '@/lib/ids'
import { requireApiClient } from '../api-clients/find-api-client'
import { findUpstream } from '../api-clients/list-upstreams'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { requireGoodUris } from '../redirect-uris/require-good-uris'
import { getRuntime } from '../runtime'
import { listLetters } from './list-letters'

/** Writes down what a letter to Octorate will ask for. @throws AppError `not_found`, `invalid_input` */
export async function draftLetter(
  { viewer, context }: Actor,
  apiClientId: string,
  { kind, redirectUris, adminTokenId }: z.output<typeof endpoint.body>,
): Promise<{ items: Letter[] }> {
  const apiClient = await requireApiClient(viewer, apiClientId)
  requireGoodUris(redirectUris, { path: 'redirectUris', allowLoopbackHttp: findUpstream(apiClient.upstreamId)?.sandbox ?? false })
  const { organizationId } = viewer
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const last4 = kind === 'admin_token' ? await last4Of(tx, { id: adminTokenId ?? '', apiClientId, organizationId }) : null
    const { id } = await tx.letter.create({
      data: { organizationId, apiClientId, kind, redirectUris, last4, draftedAt: now, draftedByUserId: viewer.userId },
    })
    await recordAudit(tx, {
      action: 'letter.drafted', outcome: 'success', organizationId, actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'letter', id }, detail: { kind, apiClient: apiClientId, redirectUris }, context, at: now,
    })
  })
  return listLetters(viewer, apiClientId)
}

async function last4Of(tx: Transaction, place: { id: string; apiClientId: string; organizationId: string }): Promise<string> {
  const token = isUuid(place.id) ? await tx.adminToken.findFirst({ where: place }) : null
  if (!token) throw new AppError('not_found')
  return token.tokenLast4
}
