import type { ApiConfigurationDetail } from '@/contracts/api-configuration'
import { PERMISSION_NAMES } from '../octorate/api-configuration'
import type { LiveRead } from './read-live'

export function toDto({ configuration, callsLeft }: LiveRead, readAt: Date): ApiConfigurationDetail {
  const { quotaLimit, quotaStatus, permissions, reseller, unknown, redirectUris, ...rest } = configuration
  return {
    ...rest,
    readAt: readAt.toISOString(),
    redirectUris: redirectUris && [...redirectUris],
    authorizationPages: [...rest.authorizationPages],
    descriptions: { ...rest.descriptions },
    quota: { limit: quotaLimit, left: callsLeft, status: quotaStatus },
    permissions: PERMISSION_NAMES.map((name) => ({ name, level: permissions[name] })),
    reseller: pairs(reseller),
    unknown: pairs(unknown),
  }
}

function pairs(values: Readonly<Record<string, string>>): { name: string; value: string }[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }))
}
