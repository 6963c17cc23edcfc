import 'server-only'
import type { UpstreamChoice } from '@/contracts/api-clients'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import type { Upstream } from '../upstreams'

/** The upstreams that this server is configured to call. */
export function listUpstreams(): UpstreamChoice[] {
  return getRuntime().upstreams.map(({ id, label, backOfficeBase, apiBase, sandbox }) => ({
    id, label, backOfficeBase, apiBase, sandbox,
  }))
}

/**
 * Looked up at every use, never taken from a row: whatever stands in the database, no other address is called.
 *
 * @throws AppError `upstream_not_allowed`
 */
export function requireUpstream(id: string): Upstream {
  const upstream = findUpstream(id)
  if (!upstream) throw new AppError('upstream_not_allowed')
  return upstream
}

export function findUpstream(id: string): Upstream | null {
  return getRuntime().upstreams.find((upstream) => upstream.id === id) ?? null
}
