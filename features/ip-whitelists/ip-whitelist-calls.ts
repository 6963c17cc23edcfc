import * as whitelist from '@/contracts/ip-whitelists'
import type { ListCalls } from '../address-lists/list-calls'
import { callEndpoint } from '../request'
import { ipWhitelistQueries } from './queries'

/** The acts on the list of one API client. */
export function ipWhitelistCalls(apiClientId: string): ListCalls {
  const params = { id: apiClientId }
  return {
    queryKey: ipWhitelistQueries.list(apiClientId).queryKey,
    add: (body) => callEndpoint(whitelist.addIpWhitelistEntry, { params, body }),
    change: ({ entryId, body }) => callEndpoint(whitelist.changeIpWhitelistEntry, { params: { ...params, entryId }, body }),
    remove: (body) => callEndpoint(whitelist.removeIpWhitelistEntries, { params, body }),
    order: (entryIds) => callEndpoint(whitelist.orderIpWhitelist, { params, body: { entryIds } }),
    review: (entryIds) => callEndpoint(whitelist.reviewIpWhitelist, { params, body: { entryIds } }),
    preview: (body) => callEndpoint(whitelist.previewIpWhitelistImport, { params, body }),
    bringIn: (body) => callEndpoint(whitelist.importIpWhitelist, { params, body }),
    takeOut: (format) => callEndpoint(whitelist.exportIpWhitelist, { params, query: { format } }),
    merge: (revision) => callEndpoint(whitelist.mergeIpWhitelist, { params, body: { revision } }),
    check: (address) => callEndpoint(whitelist.checkIpWhitelist, { params, query: { address } }),
  }
}
