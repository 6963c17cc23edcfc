import 'server-only'
import type { IpWhitelist, Verification, WhitelistVersion } from '@/contracts/ip-whitelists'
import { blockTexts, toListDto } from '../address-lists/to-dto'
import type { ListActor } from '../address-lists/list-actor'
import { readList } from '../address-lists/read-list'
import { requireApiClient } from '../api-clients/find-api-client'
import { listApiClientProperties } from '../connections/list-api-client-properties'
import { db, type Transaction } from '../db'
import type { WhitelistVerification, WhitelistVersion as VersionRow } from '../generated/prisma/client'
import { findNames } from '../users/find-names'
import { differenceOf } from './difference'

const SHOWN = 20

/** The list that Octorate should have of an API client, what it was asked for, and what it answered. @throws AppError `not_found` */
export async function getIpWhitelist(who: Pick<ListActor, 'organizationId' | 'context'>, apiClientId: string): Promise<IpWhitelist> {
  const { organizationId } = who
  await requireApiClient(who, apiClientId)
  const list = await readList(organizationId, { kind: 'api_client', id: apiClientId })
  const listId = list?.id ?? null
  const [dto, versions, confirmed, verifications, properties] = await Promise.all([
    toListDto(list, who, null),
    listId === null ? [] : db().whitelistVersion.findMany({ where: { listId, organizationId }, orderBy: { number: 'desc' }, take: SHOWN }),
    listId === null ? null : findConfirmed({ organizationId, listId }),
    listId === null ? [] : db().whitelistVerification.findMany({ where: { listId, organizationId }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: SHOWN }),
    listApiClientProperties(organizationId, apiClientId),
  ])
  const blocks = blockTexts(list)
  const [newest] = versions
  const unrequested = differenceOf(newest?.blocks ?? [], blocks)
  const people = await findNames(organizationId, versions.flatMap(({ requestedByUserId, confirmedByUserId }) => [requestedByUserId, confirmedByUserId]))
  return {
    ...dto,
    state: stateOf(newest, { blocks, unrequested }),
    drift: differenceOf(confirmed?.blocks ?? [], blocks),
    unrequested,
    versions: versions.map((version) => toVersion(version, people)),
    verifications: verifications.map(toVerification),
    properties,
  }
}

/** The wording that Octorate confirmed last. */
export function findConfirmed(
  { organizationId, listId }: { readonly organizationId: string; readonly listId: string },
  tx: Pick<Transaction, 'whitelistVersion'> = db(),
): Promise<VersionRow | null> {
  return tx.whitelistVersion.findFirst({ where: { listId, organizationId, state: { not: 'requested' } }, orderBy: { number: 'desc' } })
}

interface Now {
  readonly blocks: readonly string[]
  readonly unrequested: IpWhitelist['unrequested']
}

function stateOf(newest: VersionRow | undefined, { blocks, unrequested }: Now): IpWhitelist['state'] {
  if (!newest) return blocks.length === 0 ? 'empty' : 'draft'
  return unrequested.added.length + unrequested.removed.length > 0 ? 'draft' : newest.state
}

function toVersion(row: VersionRow, people: ReadonlyMap<string, string>): WhitelistVersion {
  const { id, number, state, blocks, added, removed, letterId, requestedAt, confirmedAt, confirmedHow, verifiedAt } = row
  return {
    id, number, state, blocks, difference: { added, removed }, letterId,
    requestedAt: requestedAt.toISOString(), requestedBy: people.get(row.requestedByUserId ?? '') ?? null,
    confirmedAt: confirmedAt?.toISOString() ?? null, confirmedBy: people.get(row.confirmedByUserId ?? '') ?? null, confirmedHow,
    verifiedAt: verifiedAt?.toISOString() ?? null,
  }
}

function toVerification(row: WhitelistVerification): Verification {
  const { id, at, machineKeyId, host, propertyId, outcome, status, message, upstreamRequestId } = row
  return { id, at: at.toISOString(), source: machineKeyId === null ? 'console' : 'command', host, propertyId, outcome, status, message, upstreamRequestId }
}
