import 'server-only'
import type { AdminToken } from '../crypto/tokens'
import { AppError } from '../http/app-error'
import { patchConfiguration } from '../octorate/patch-configuration'
import { readConfiguration } from '../octorate/read-configuration'
import type { Gateway } from './open-gateway'

/**
 * Adds a redirect URI at Octorate. PATCH replaces the whole list (contract, "API configuration"), so: read, add, write
 * the whole list back, read again and see that nothing was lost.
 *
 * @throws AppError `redirect_uri_locked` in production, `configuration_changed` when the list read afterwards is another.
 */
export async function addRedirectUri(
  { transport, urls }: Gateway,
  adminToken: AdminToken,
  uri: string,
): Promise<{ redirectUris: string[]; added: boolean }> {
  const call = { url: urls.configuration, adminToken }
  const before = await readConfiguration(transport, call)
  if (before.redirectUris?.includes(uri)) return { redirectUris: [...before.redirectUris], added: false }
  if (before.environment === 'PRODUCTION') throw new AppError('redirect_uri_locked')
  if (before.redirectUris === null) throw new AppError('upstream_unreadable')
  const wanted = [...before.redirectUris, uri]
  await patchConfiguration(transport, { ...call, change: { redirectUris: wanted } })
  const after = await readConfiguration(transport, call)
  const kept = wanted.every((entry) => after.redirectUris?.includes(entry))
  if (!kept) throw new AppError('configuration_changed')
  return { redirectUris: [...(after.redirectUris ?? [])], added: true }
}
