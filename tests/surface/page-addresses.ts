import type { TestConsole } from '../console'
import { makeCampaign } from '../make-campaign'
import { makeConnection } from '../make-connection'
import { makeImport } from '../make-import'
import { makeLink } from '../make-link'
import { makeKeyMigration } from '../make-key-migration'
import { plantIncident } from '../plant-incident'
import { plantWebhook } from '../plant-webhook'
import { plantMachineKeys } from '../plant-machine-keys'
import { listPages } from '../routes'
import { startFlow } from './samples'

export interface PageAddress {
  /** Path with real ids of the first organization. */
  readonly address: string
  /** True for a page that shows nothing to somebody without a session. */
  readonly signedIn: boolean
}

/** Every page there is, with ids of things that exist; `name` marks what a page may show to its own people only. */
export async function listPageAddresses(keyrack: TestConsole, name?: string): Promise<PageAddress[]> {
  const { organization } = keyrack
  const connection = await makeConnection(keyrack, organization, name ? { name } : {})
  // A second connection of the same property: with one alone its stable address leads on.
  await makeConnection(keyrack, organization)
  const link = await makeLink(keyrack, organization, name ? { name } : {})
  const flow = await startFlow({ keyrack, organization, role: 'owner' })
  const [machineKey] = await plantMachineKeys(keyrack, organization, [{ name: name ?? 'Back end' }])
  const migration = await makeKeyMigration(keyrack, organization, { state: 'finished', ...(name ? { name } : {}) })
  const ids: Readonly<Record<string, string>> = {
    '/connections/:id': connection.id,
    '/connections/attempts/:id': flow.authorizationId,
    '/links/:id': link.id,
    '/links/campaigns/:id': (await makeCampaign(keyrack, organization, name ? { name } : {})).id,
    '/p/:id': '324410',
    '/api-clients/:id': organization.apiClient.id,
    '/settings/people/:id': organization.people.viewer.id,
    '/settings/breach/:id': await plantIncident(keyrack, organization, name ? { summary: name } : {}),
    '/machine-keys/:id': machineKey?.id ?? '',
    '/settings/webhooks/:id': await plantWebhook(keyrack, organization, name ? { name } : {}),
    '/connections/import/:id': await makeImport(keyrack, organization, { state: 'finished', ...(name ? { name } : {}) }),
    '/migrations/:id': migration.id,
    '/api-clients/:id/redirect-uris': organization.apiClient.id,
    '/api-clients/:id/configuration': organization.apiClient.id,
    '/api-clients/:id/go-live': organization.apiClient.id,
    '/api-clients/:id/properties': organization.apiClient.id,
    '/api-clients/:id/admin-tokens': organization.apiClient.id,
    '/api-clients/:id/ip-whitelist': organization.apiClient.id,
    '/machine-keys/:id/restriction': machineKey?.id ?? '',
  }
  return listPages().map(({ file, path }) => {
    const id = ids[path]
    if (path.includes(':') && id === undefined) throw new Error(`tests/surface/page-addresses.ts has no id for ${path}`)
    return { address: path.replace(/:[a-zA-Z]+/, id ?? ''), signedIn: file.startsWith('app/(console)/') }
  })
}
