import 'server-only'
import { findAdminToken } from '../admin-tokens/hold-admin-token'
import { readLive } from '../api-configuration/read-live'
import { db } from '../db'
import type { ApiClient } from '../generated/prisma/client'
import type { Actor } from '../http/define-handler'
import { toAppError } from '../http/to-app-error'
import { log } from '../log'
import { getRuntime } from '../runtime'
import type { FreshQuotas } from './read-plan'
import type { QuotaReading } from '@/lib/refresh/top-up-plan'

/**
 * Reads the configuration of each API client, whose answer says how many calls are left; nobody is logged in only for that.
 * Where Octorate does not say, what was seen last has to do.
 */
export async function askQuotas({ viewer, context }: Actor, apiClientIds: readonly string[]): Promise<FreshQuotas> {
  const { organizationId, userId } = viewer
  const found = await db().apiClient.findMany({ where: { id: { in: [...apiClientIds] }, organizationId, deletedAt: null } })
  const who = { actor: { kind: 'user', id: userId }, context } as const
  const readings = await Promise.all(found.map(async (apiClient) => [apiClient.id, await ask(apiClient, who)] as const))
  return new Map(readings.flatMap(([id, reading]) => (reading ? [[id, reading] as const] : [])))
}

async function ask(apiClient: ApiClient, who: Omit<Parameters<typeof readLive>[1], 'act'>): Promise<QuotaReading | null> {
  try {
    if (!(await findAdminToken(apiClient))) return null
    const { callsLeft, configuration } = await readLive(apiClient, { ...who, act: 'configuration' })
    if (callsLeft === null) return null
    return { remaining: callsLeft, most: Math.max(callsLeft, configuration.quotaLimit ?? 0), readAt: getRuntime().clock(), refusedAt: null }
  } catch (error) {
    log().warn({ apiClient: apiClient.id, refusal: toAppError(error).code }, 'the quota could not be asked for before a top up')
    return null
  }
}
