import 'server-only'
import type { Verification } from '@/contracts/ip-whitelists'
import type { ListActor } from '../address-lists/list-actor'
import { lockList } from '../address-lists/read-list'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { getRuntime } from '../runtime'

type Answered = Pick<Verification, 'propertyId' | 'outcome' | 'status' | 'message' | 'upstreamRequestId' | 'host'>

interface Place {
  readonly apiClientId: string
  /** The key whose command reports it; null when this server asked. */
  readonly machineKeyId: string | null
}

/** Keeps what Octorate answered. When it let us in, the version that it confirmed last is verified. @throws AppError `not_found` */
export async function keepVerification(who: ListActor, { apiClientId, machineKeyId }: Place, answered: Answered): Promise<void> {
  const { organizationId } = who
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const list = await lockList(tx, organizationId, { kind: 'api_client', id: apiClientId })
    await tx.whitelistVerification.create({ data: { organizationId, listId: list.id, at: now, machineKeyId, ...answered } })
    const last = answered.outcome === 'allowed'
      ? await tx.whitelistVersion.findFirst({ where: { listId: list.id, organizationId, state: { not: 'requested' } }, orderBy: { number: 'desc' } })
      : null
    if (last) await tx.whitelistVersion.updateMany({ where: { id: last.id, state: 'confirmed' }, data: { state: 'verified', verifiedAt: now } })
    await recordAudit(tx, {
      action: 'ip_whitelist.verified', outcome: answered.outcome === 'allowed' ? 'success' : 'failure', organizationId, actor: who.audit,
      target: { kind: 'api_client', id: apiClientId }, detail: { ...answered, version: last?.id ?? null }, context: who.context, at: now,
    })
  })
}
