import * as restriction from '@/contracts/key-restrictions'
import type { ListCalls } from '../address-lists/list-calls'
import { callEndpoint } from '../request'
import { keyRestrictionQueries } from './queries'

/** The acts on the list of one machine key. */
export function keyRestrictionCalls(machineKeyId: string): ListCalls {
  const params = { id: machineKeyId }
  return {
    queryKey: keyRestrictionQueries.list(machineKeyId).queryKey,
    add: (body) => callEndpoint(restriction.addRestrictionEntry, { params, body }),
    change: ({ entryId, body }) => callEndpoint(restriction.changeRestrictionEntry, { params: { ...params, entryId }, body }),
    remove: (body) => callEndpoint(restriction.removeRestrictionEntries, { params, body }),
    order: (entryIds) => callEndpoint(restriction.orderRestriction, { params, body: { entryIds } }),
    review: (entryIds) => callEndpoint(restriction.reviewRestriction, { params, body: { entryIds } }),
    preview: (body) => callEndpoint(restriction.previewRestrictionImport, { params, body }),
    bringIn: (body) => callEndpoint(restriction.importRestriction, { params, body }),
    takeOut: (format) => callEndpoint(restriction.exportRestriction, { params, query: { format } }),
    merge: (revision) => callEndpoint(restriction.mergeRestriction, { params, body: { revision } }),
    check: (address) => callEndpoint(restriction.checkRestriction, { params, query: { address } }),
  }
}
