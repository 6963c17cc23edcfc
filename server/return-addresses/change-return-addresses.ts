import 'server-only'
import type { ReturnAddressDto } from '@/contracts/return-addresses'
import { requireApiClient } from '../api-clients/find-api-client'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { listReturnAddresses } from './list-return-addresses'

type List = Promise<{ items: ReturnAddressDto[] }>

/** @throws AppError `not_found`, `conflict` when it is there already */
export async function addReturnAddress({ viewer, context }: Actor, apiClientId: string, { uri }: { uri: string }): List {
  await requireApiClient(viewer, apiClientId)
  const { organizationId, userId } = viewer
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const [row] = await tx.returnAddress.createManyAndReturn({
      data: [{ organizationId, apiClientId, uri, createdByUserId: userId, createdAt: now }],
      skipDuplicates: true,
    })
    if (!row) throw new AppError('conflict')
    await recordAudit(tx, {
      action: 'return_address.added', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
      target: { kind: 'api_client', id: apiClientId }, detail: { uri }, context, at: now,
    })
  })
  return listReturnAddresses(viewer, apiClientId)
}

/** Links that were made with it keep it: they say where they lead. @throws AppError `not_found` */
export async function removeReturnAddress({ viewer, context }: Actor, apiClientId: string, id: string): List {
  const { organizationId, userId } = viewer
  await transaction(async (tx) => {
    const row = await tx.returnAddress.findFirst({ where: { id, apiClientId, organizationId } })
    if (!row) throw new AppError('not_found')
    await tx.returnAddress.deleteMany({ where: { id, organizationId } })
    await recordAudit(tx, {
      action: 'return_address.removed', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
      target: { kind: 'api_client', id: apiClientId }, detail: { uri: row.uri }, context, at: getRuntime().clock(),
    })
  })
  return listReturnAddresses(viewer, apiClientId)
}
