import 'server-only'
import { randomUUID } from 'node:crypto'
import type { IpWhitelist } from '@/contracts/ip-whitelists'
import { personAt } from '../address-lists/list-actor'
import { lockList } from '../address-lists/read-list'
import { blockTexts } from '../address-lists/to-dto'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { writeIpLetter } from '../letters/write-ip-letter'
import { getRuntime } from '../runtime'
import { differenceOf } from './difference'
import { findConfirmed, getIpWhitelist } from './get-ip-whitelist'

/**
 * Makes a version of the list as it is, with the letter that asks Octorate for exactly this.
 *
 * @throws AppError `not_found`; `conflict` when the list is another one by now, or is what was asked for last
 */
export async function requestIpWhitelist(actor: Actor, apiClientId: string, revision: number): Promise<IpWhitelist> {
  const who = personAt(actor)
  const { organizationId } = who
  const { userId } = actor.viewer
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const list = await lockList(tx, organizationId, { kind: 'api_client', id: apiClientId })
    const blocks = blockTexts(list)
    const newest = await tx.whitelistVersion.findFirst({ where: { listId: list.id, organizationId }, orderBy: { number: 'desc' } })
    const last = newest?.blocks ?? []
    const { added, removed } = differenceOf(last, blocks)
    if (list.revision !== revision || added.length + removed.length === 0) throw new AppError('conflict')
    const difference = differenceOf((await findConfirmed({ organizationId, listId: list.id }, tx))?.blocks ?? [], blocks)
    const id = randomUUID()
    const letterId = await writeIpLetter(tx, { organizationId, apiClientId, userId, blocks, ...difference, now })
    await tx.whitelistVersion.create({
      data: {
        id, organizationId, listId: list.id, number: (newest?.number ?? 0) + 1, blocks, added: difference.added, removed: difference.removed,
        letterId, requestedAt: now, requestedByUserId: userId,
      },
    })
    await recordAudit(tx, {
      action: 'ip_whitelist.requested', outcome: 'success', organizationId, actor: who.audit, target: { kind: 'api_client', id: apiClientId },
      detail: { version: id, blocks, ...difference }, context: who.context, at: now,
    })
  })
  return getIpWhitelist(who, apiClientId)
}
