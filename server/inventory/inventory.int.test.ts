import { expect, test } from 'vitest'
import type { SecretKind } from '@/contracts/inventory'
import { obtainAdminToken } from '../api-clients/obtain-admin-token'
import { db } from '../db'
import { makeActor } from '../../tests/factories'
import { openMachineFront } from '../../tests/machine-front'
import { askToken, makeMachineSetting } from '../../tests/machine-setting'
import { openRig } from '../../tests/runtime'
import { readStoredTokens } from '../../tests/stored-tokens'
import { exportInventory } from './export-inventory'
import { listInventory } from './list-inventory'

const rig = await openRig()
const { clock } = rig
const front = await openMachineFront()

async function textOf(actor: Parameters<typeof exportInventory>[0]): Promise<string> {
  let text = ''
  for await (const chunk of (await exportInventory(actor)).chunks) text += chunk
  return text
}

test('it names every secret of the organization by kind, and none of another', async () => {
  const setting = await makeMachineSetting(rig)
  await makeMachineSetting(rig)
  await obtainAdminToken(setting.actor, setting.apiClient.id)
  const { counts } = await listInventory(setting.actor.viewer, { page: 1 })
  const own: Partial<Record<SecretKind, number>> = Object.fromEntries(counts.map(({ kind, count }) => [kind, count]))
  expect(own).toMatchObject({ client_secret: 1, admin_token: 1, refresh_token: 1, access_token: 1, machine_key: 1 })
})

test('an access token has its last readers, the latest first: which key, from where, when', async () => {
  const setting = await makeMachineSetting(rig)
  expect((await listInventory(setting.actor.viewer, { kind: 'access_token', page: 1 })).items[0]).toMatchObject({ lastUsedAt: null, readers: [] })
  await askToken(front, setting)
  clock.advance(5 * 60_000)
  await askToken(front, setting)
  const { items: [token], total, hasNext } = await listInventory(setting.actor.viewer, { kind: 'access_token', page: 1 })
  const minute = new Date(Math.floor(clock.at / 60_000) * 60_000).toISOString()
  expect(token).toMatchObject({ kind: 'access_token', id: setting.connectionId, lastUsedAt: minute, readers: [{ name: 'Back end', address: '127.0.0.1', at: minute }] })
  expect([total, hasNext]).toEqual([1, false])
})

test('an admin token has whoever was handed it or shown it', async () => {
  const setting = await makeMachineSetting(rig)
  await obtainAdminToken(setting.actor, setting.apiClient.id)
  const { items: [before] } = await listInventory(setting.actor.viewer, { kind: 'admin_token', page: 1 })
  expect(before?.readers).toEqual([])
  const at = rig.runtime.clock()
  await db().auditEvent.create({
    data: {
      organizationId: setting.actor.viewer.organizationId, at, action: 'admin_token.handed_out', outcome: 'success', actorKind: 'machine_key',
      actorId: setting.key.id, targetKind: 'admin_token', targetId: before?.id ?? '', address: '203.0.113.7',
    },
  })
  const { items: [token] } = await listInventory(setting.actor.viewer, { kind: 'admin_token', page: 1 })
  expect(token?.readers).toEqual([{ name: 'Back end', address: '203.0.113.7', at: at.toISOString() }])
})

test('the file has a line for each secret and the value of none, runs nothing in a spreadsheet, and leaves an event', async () => {
  const setting = await makeMachineSetting(rig)
  await db().connection.updateMany({ where: { id: setting.connectionId }, data: { name: '=HYPERLINK("https://evil.example")' } })
  await askToken(front, setting)
  const text = await textOf(setting.actor)
  const { access, refresh } = await readStoredTokens(setting.connectionId)
  for (const value of [access, refresh, setting.apiClient.clientSecret, setting.key.text]) expect([value?.length, text.includes(value ?? '')]).toEqual([expect.any(Number), false])
  expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
  const { total } = await listInventory(setting.actor.viewer, { page: 1 })
  expect(text.trimEnd().split('\r\n')).toHaveLength(total + 1)
  expect(await db().auditEvent.count({ where: { organizationId: setting.actor.viewer.organizationId, action: 'inventory.exported' } })).toBe(1)
})

test('a page holds a hundred, and the next one the rest', async () => {
  const actor = await makeActor()
  const { organizationId, userId } = actor.viewer
  await db().machineKey.createMany({
    data: Array.from({ length: 130 }, (_, index) => ({
      organizationId, name: `Key ${index}`, environment: 'SANDBOX' as const, digest: `${organizationId} ${index}`, last4: 'abcd', createdByUserId: userId,
      createdAt: rig.runtime.clock(),
    })),
  })
  const [first, second] = [await listInventory(actor.viewer, { kind: 'machine_key', page: 1 }), await listInventory(actor.viewer, { kind: 'machine_key', page: 2 })]
  expect([first.items.length, first.hasNext, second.items.length, second.hasNext, first.total]).toEqual([100, true, 30, false, 130])
})
