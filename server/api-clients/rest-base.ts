import { upstreamUrls } from '@/lib/oauth/upstream-urls'
import type { ApiClient } from '../generated/prisma/client'
import { requireUpstream } from './list-upstreams'

/** Where the operations of an API client begin, for a back end that calls Octorate itself. @throws AppError `upstream_not_allowed` */
export function restBaseOf({ upstreamId, apiVersion }: Pick<ApiClient, 'upstreamId' | 'apiVersion'>): string {
  return upstreamUrls({ ...requireUpstream(upstreamId), apiVersion }).rest
}
