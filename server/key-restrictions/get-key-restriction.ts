import 'server-only'
import { REVIEW_DAYS } from '@/contracts/address-lists'
import type { KeyRestriction } from '@/contracts/key-restrictions'
import { blockTexts, toListDto } from '../address-lists/to-dto'
import type { ListActor } from '../address-lists/list-actor'
import { readList } from '../address-lists/read-list'
import { dayAgo, findRequests } from '../machine-keys/find-addresses-in-use'
import { requireMachineKey } from '../machine-keys/require-machine-key'
import { getRuntime } from '../runtime'
import { replayOf } from './replay'

const DAY_MS = 24 * 60 * 60_000

/** From where a key may come, who came, and whom the list would not let in. @throws AppError `not_found` */
export async function getKeyRestriction(who: Pick<ListActor, 'organizationId' | 'context'>, keyId: string): Promise<KeyRestriction> {
  const { organizationId } = who
  await requireMachineKey(who, keyId)
  const longAgo = new Date(getRuntime().clock().getTime() - REVIEW_DAYS * DAY_MS)
  const [list, seen, recent] = await Promise.all([
    readList(organizationId, { kind: 'machine_key', id: keyId }),
    findRequests({ organizationId, keyId, since: longAgo }),
    findRequests({ organizationId, keyId, since: dayAgo() }),
  ])
  return {
    ...(await toListDto(list, who, seen)),
    mode: list?.mode ?? 'off',
    modeSince: list?.modeSince?.toISOString() ?? null,
    replay: replayOf(recent, blockTexts(list)),
    addressesInUse: recent.map(({ address }) => address),
  }
}
