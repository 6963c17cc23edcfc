import type { Page } from '@playwright/test'
import { roleMay, ROLES, type Permission, type Role } from '@/contracts/permissions'
import { pages } from '@/contracts/paths'
import { plantMachineKeys } from '@/tests/plant-machine-keys'
import { plantConnections } from './support/plant-connections'
import { expect, test } from './support/test'

/** Controls by the permission that the endpoint behind them wants. */
const CONTROLS: readonly { permission: Permission; name: string; where: 'list' | 'connection' | 'broken' | 'overview' | 'apiClients' | 'machineKeys' | 'runway' | 'alerts' }[] = [
  { permission: 'connections:connect', name: 'Connect a property', where: 'list' },
  { permission: 'connections:connect', name: 'Connect a property', where: 'overview' },
  { permission: 'connections:connect', name: 'Connect again', where: 'connection' },
  { permission: 'links:send', name: 'Send reconnect link', where: 'broken' },
  { permission: 'links:send', name: 'Reconnect links', where: 'overview' },
  { permission: 'contacts:write', name: 'Edit contact', where: 'connection' },
  { permission: 'connections:refresh', name: 'Refresh now', where: 'connection' },
  { permission: 'connections:disconnect', name: 'Disconnect', where: 'connection' },
  { permission: 'top-ups:run', name: 'Top up', where: 'runway' },
  { permission: 'api-clients:read', name: 'API clients', where: 'overview' },
  { permission: 'api-clients:write', name: 'Register an API client', where: 'apiClients' },
  { permission: 'machine-keys:manage', name: 'Machine keys', where: 'overview' },
  { permission: 'key-migrations:run', name: 'Migrations', where: 'overview' },
  { permission: 'machine-keys:manage', name: 'Create a machine key', where: 'machineKeys' },
  { permission: 'operations:read', name: 'Operation log', where: 'overview' },
  { permission: 'alerts:manage', name: 'Add a channel', where: 'alerts' },
  { permission: 'alerts:manage', name: 'Save', where: 'alerts' },
]

for (const role of ROLES) {
  test(`${role}: sees exactly the controls that the server would let them use, and no other page`, async ({ open, organization, shared }) => {
    test.setTimeout(180_000)
    const [id = '', broken = ''] = await plantConnections(shared, organization, [
      { name: 'Hotel Fontana Chiara', upstreamId: '310046' },
      { name: 'Casa Azahar', upstreamId: '402143', state: 'reconnect_required' },
    ])
    const [key] = await plantMachineKeys(shared, organization, [{ name: 'Back end' }])
    const { page } = await open(organization.people[role])
    const addresses = {
      list: pages.connections(), connection: pages.connection(id), broken: pages.connection(broken), overview: pages.overview(), runway: pages.runway(),
      ...(roleMay(role, 'api-clients:read') ? { apiClients: pages.apiClients() } : {}),
      ...(roleMay(role, 'machine-keys:manage') ? { machineKeys: pages.machineKeys() } : {}),
      ...(roleMay(role, 'operations:read') ? { operations: pages.operations() } : {}),
      ...(roleMay(role, 'alerts:read') ? { alerts: pages.alerts() } : {}),
    }
    for (const [where, address] of Object.entries(addresses)) {
      await page.goto(address)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      for (const control of CONTROLS.filter((control) => control.where === where)) await expectControl(page, control, role)
      await expectNoDeadLinks(page)
    }
    const closed = [
      ...(roleMay(role, 'api-clients:read') ? [] : [pages.apiClients(), pages.newApiClient(), pages.apiClient(organization.apiClient.id), pages.ipWhitelist(organization.apiClient.id)]),
      ...(roleMay(role, 'machine-keys:manage') ? [] : [pages.machineKeys(), pages.machineKey(key?.id ?? ''), pages.keyRestriction(key?.id ?? '')]),
      ...(roleMay(role, 'ip-whitelists:manage') ? [] : [pages.network()]),
      ...(roleMay(role, 'doctor:read') ? [] : [pages.doctor()]),
      ...(roleMay(role, 'links:send') ? [] : [pages.links()]),
      ...(roleMay(role, 'operations:read') ? [] : [pages.operations()]),
      ...(roleMay(role, 'alerts:read') ? [] : [pages.alerts()]),
    ]
    for (const address of closed) {
      // The page leads away while it is still loading.
      await page.goto(address, { waitUntil: 'commit' })
      await expect(page).toHaveURL(pages.overview())
      await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
    }
  })
}

async function expectControl(page: Page, { permission, name }: { permission: Permission; name: string }, role: Role): Promise<void> {
  const control = page.getByRole('button', { name, exact: true }).or(page.getByRole('link', { name, exact: true }))
  if (roleMay(role, permission)) await expect(control.first(), `${role} sees ${name}`).toBeVisible()
  else await expect(control, `${role} sees no ${name}`).toHaveCount(0)
}

/** Every link of ours on the page leads somewhere that this person may go. */
async function expectNoDeadLinks(page: Page): Promise<void> {
  const origin = new URL(page.url()).origin
  const addresses = await page.locator('a[href]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
  for (const address of new Set(addresses.filter((href) => href.startsWith(origin)))) {
    const answer = await page.request.get(address)
    expect(answer.status(), address).toBe(200)
  }
}
