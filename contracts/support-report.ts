import type { Examination } from './xray'
import { showInvisible } from '@/lib/text/show-invisible'
import { maskSecretShapes } from '@/lib/xray/mask-secret-shapes'

const LONGEST_LINE = 4_000

/** What Octorate's support needs to look into it, in lines; no secret and no token is in it. */
export function supportReport(clientId: string, { takenAt, upstream, login, reading, skewMs, configuration, exchanges }: Examination): string {
  const lines = [
    `Client id: ${clientId}`,
    `API: ${upstream.apiBase}`,
    `Taken at: ${takenAt}`,
    `ApiLogin: ${login}`,
    ...(reading === null ? [] : [`Configuration: ${reading}`]),
    ...(skewMs === null ? [] : [`Clock: ours minus yours ${(skewMs / 1000).toFixed(1)} s`]),
    ...(configuration === null
      ? []
      : [
          `Environment: ${configuration.environment ?? 'not told'}`,
          `Redirect URIs: ${configuration.redirectUris?.join(', ') ?? 'not told'}`,
          `Permissions: ${configuration.permissions.map(({ name, level }) => `${name} ${level ?? 'not told'}`).join(', ')}`,
          `Quota: limit ${configuration.quota.limit ?? 'not told'}, left ${configuration.quota.left ?? 'not told'}, status ${configuration.quota.status ?? 'not told'}`,
        ]),
    ...exchanges.map(({ method, url, status, responseHeaders, startedAt }) =>
      [`${method} ${url}`, `status ${status ?? 'none'}`, `request-id ${responseHeaders['request-id'] ?? 'none'}`, startedAt].join(' | '),
    ),
  ]
  // What Octorate answered adds no lines of its own.
  return maskSecretShapes(lines.map((line) => showInvisible(line, LONGEST_LINE)).join('\n'))
}
