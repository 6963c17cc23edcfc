import 'server-only'
import { environmentSchema } from '@/contracts/api-clients'
import type { RedirectUriState } from '@/contracts/redirect-uris'
import { diffRedirectUris } from '@/lib/oauth/redirect-uri-list'
import { requireApiClient } from '../api-clients/find-api-client'
import { findUpstream } from '../api-clients/list-upstreams'
import { callbackUri, redirectUriOf } from '../api-clients/redirect-uri'
import { countRecentConnects } from '../authorizations/count-recent-connects'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import type { LiveConfiguration, RedirectUriWrite } from '../generated/prisma/client'

/** The wanted list beside the live list as it was last read; asks nobody. @throws AppError `not_found` */
export async function getRedirectUris(viewer: Viewer, id: string): Promise<RedirectUriState> {
  const apiClient = await requireApiClient(viewer, id)
  const place = { apiClientId: id, organizationId: viewer.organizationId }
  const [wanted, live, lastWrite, recentConnects] = await Promise.all([
    db().wantedRedirectUri.findMany({ where: place, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }),
    db().liveConfiguration.findFirst({ where: place }),
    db().redirectUriWrite.findFirst({ where: place, orderBy: [{ at: 'desc' }, { id: 'desc' }] }),
    countRecentConnects(place),
  ])
  return {
    inUse: redirectUriOf(apiClient).redirectUri,
    callbackUri: callbackUri(id),
    allowLoopbackHttp: findUpstream(apiClient.upstreamId)?.sandbox ?? false,
    wanted: wanted.map(({ id: wantedId, uri, note, createdAt }) => ({ id: wantedId, uri, note, createdAt: createdAt.toISOString() })),
    live: live && toLive(live),
    drift: live && toDrift(live),
    lastWrite: lastWrite && toWrite(lastWrite),
    recentConnects,
  }
}

function toLive({ redirectUris, environment, readAt }: LiveConfiguration): RedirectUriState['live'] {
  return { uris: redirectUris, environment: environmentSchema.nullable().catch(null).parse(environment), readAt: readAt.toISOString() }
}

function toDrift({ redirectUris, driftedAt, driftedFrom }: LiveConfiguration): RedirectUriState['drift'] {
  if (!driftedAt) return null
  const { added, removed } = diffRedirectUris(redirectUris, driftedFrom)
  return { at: driftedAt.toISOString(), added: [...added], removed: [...removed] }
}

function toWrite({ id, at, before, after, state, undoneAt }: RedirectUriWrite): RedirectUriState['lastWrite'] {
  return { id, at: at.toISOString(), before, after, state, undone: undoneAt !== null }
}
