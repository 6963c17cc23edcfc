import 'server-only'
import type { KeyRestriction } from '@/contracts/key-restrictions'
import { changeList, type Change } from '../address-lists/change-list'
import { personAt } from '../address-lists/list-actor'
import type { Actor } from '../http/define-handler'
import { getKeyRestriction } from './get-key-restriction'

/** Changes from where a key may come; in force in every process as soon as it is read again. @throws AppError as `changeList` */
export async function changeKeyRestriction(actor: Actor, keyId: string, change: Omit<Change, 'holder'>): Promise<KeyRestriction> {
  const who = personAt(actor)
  await changeList(who, { ...change, holder: { kind: 'machine_key', id: keyId } })
  return getKeyRestriction(who, keyId)
}
