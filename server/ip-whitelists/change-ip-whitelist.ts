import 'server-only'
import type { IpWhitelist } from '@/contracts/ip-whitelists'
import { changeList, type Change } from '../address-lists/change-list'
import { personAt } from '../address-lists/list-actor'
import type { Actor } from '../http/define-handler'
import { getIpWhitelist } from './get-ip-whitelist'

/** Changes the list of an API client; at Octorate nothing changes by it. @throws AppError as `changeList` */
export async function changeIpWhitelist(actor: Actor, apiClientId: string, change: Omit<Change, 'holder'>): Promise<IpWhitelist> {
  const who = personAt(actor)
  await changeList(who, { ...change, holder: { kind: 'api_client', id: apiClientId } })
  return getIpWhitelist(who, apiClientId)
}
