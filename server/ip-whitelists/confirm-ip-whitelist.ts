import 'server-only'
import type { IpWhitelist } from '@/contracts/ip-whitelists'
import { personAt } from '../address-lists/list-actor'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { getIpWhitelist } from './get-ip-whitelist'

interface Confirmed {
  readonly id: string
  readonly versionId: string
  readonly how: string
}

/** Octorate said that it has a version. @throws AppError `not_found`, `conflict` when it was said before */
export async function confirmIpWhitelist(actor: Actor, { id: apiClientId, versionId, how }: Confirmed): Promise<IpWhitelist> {
  const who = personAt(actor)
  const { organizationId } = who
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const place = { id: versionId, organizationId, list: { apiClientId, apiClient: { deletedAt: null } } }
    if (!(await tx.whitelistVersion.findFirst({ where: place }))) throw new AppError('not_found')
    const confirmed = await tx.whitelistVersion.updateMany({
      where: { ...place, state: 'requested' }, data: { state: 'confirmed', confirmedAt: now, confirmedByUserId: who.userId, confirmedHow: how },
    })
    if (confirmed.count === 0) throw new AppError('conflict')
    await recordAudit(tx, {
      action: 'ip_whitelist.confirmed', outcome: 'success', organizationId, actor: who.audit, target: { kind: 'api_client', id: apiClientId },
      detail: { version: versionId, how }, context: who.context, at: now,
    })
  })
  return getIpWhitelist(who, apiClientId)
}
