import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { db } from '../db'
import type { MachineCaller } from '../machine-keys/machine-caller'
import { listAddresses } from './list-addresses'
import { listTakers } from './list-takers'
import { foldLedger } from './fold-ledger'
import { recordHandOut } from './ledger'
import { holdToken } from '../../tests/hold-token'
import { makeActor } from '../../tests/factories'
import { makeMachineKey } from '../../tests/make-machine-key'
import { makeMachineSetting, type MachineSetting } from '../../tests/machine-setting'
import { refusalOf } from '../../tests/rejections'
import { openRig } from '../../tests/runtime'

const rig = await openRig()
const { clock } = rig
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Hands the setting's token out, as often as wished, at this moment. */
async function handOut({ actor, connectionId, key }: MachineSetting, address: string, times = 1): Promise<void> {
  const { organizationId } = actor.viewer
  const caller: MachineCaller = {
    keyId: key.id, organizationId, environment: 'SANDBOX', scopes: new Set(), properties: null, isTiedToAddresses: false, address, userAgent: 'back end',
  }
  const context = { requestId: randomUUID(), address, userAgent: 'back end' }
  const held = await holdToken({ id: connectionId, organizationId })
  await Promise.all(Array.from({ length: times }, () => recordHandOut({ actor: { caller, context }, connectionId, at: clock.date }, held)))
}
const minuteOf = (ms: number) => new Date(Math.floor(ms / MINUTE_MS) * MINUTE_MS).toISOString()

describe('who took the tokens of a connection', () => {
  test('is told by key and address, with first, last and how often, the latest first, folded or not', async () => {
    const setting = await makeMachineSetting(rig)
    const { actor, connectionId } = setting
    const otherKey = await makeMachineKey(actor)
    const firstAt = clock.date.toISOString()
    await handOut(setting, '8.8.8.8', 3)
    await foldLedger()
    clock.advance(2 * DAY_MS)
    const lastMs = clock.at
    await handOut(setting, '8.8.8.8', 2)
    clock.advance(MINUTE_MS)
    await handOut({ ...setting, key: otherKey }, 'unresolved')
    const { items } = await listTakers(actor.viewer, connectionId)
    expect(items.map(({ machineKey, address, inDay, in30Days }) => [machineKey.id, address, inDay, in30Days])).toEqual([
      [otherKey.id, 'unresolved', 1, 1],
      [setting.key.id, '8.8.8.8', 2, 5],
    ])
    expect(items[1]).toMatchObject({ firstAt, lastAt: minuteOf(lastMs), machineKey: { name: 'Back end', environment: 'SANDBOX', last4: setting.key.text.slice(-4) } })
  })

  test('is forgotten after thirty days without a hand-out, but not when it was first', async () => {
    const setting = await makeMachineSetting(rig)
    const firstAt = clock.date.toISOString()
    await handOut(setting, '8.8.8.8')
    clock.advance(31 * DAY_MS)
    expect((await listTakers(setting.actor.viewer, setting.connectionId)).items).toEqual([])
    await handOut(setting, '8.8.8.8')
    expect((await listTakers(setting.actor.viewer, setting.connectionId)).items).toMatchObject([{ firstAt, in30Days: 1 }])
  })

  test('is told to nobody of another organization', async () => {
    const setting = await makeMachineSetting(rig)
    await handOut(setting, '8.8.8.8')
    expect(await refusalOf(listTakers((await makeActor()).viewer, setting.connectionId))).toBe('not_found')
    expect(await refusalOf(listTakers(setting.actor.viewer, randomUUID()))).toBe('not_found')
  })
})

describe('from where a key took tokens', () => {
  test('is told by address, the newest first, with its connections and what was taken in the last hour, folded or not', async () => {
    const setting = await makeMachineSetting(rig)
    const second = await makeMachineSetting(rig)
    await handOut(setting, '8.8.8.8', 4)
    clock.advance(HOUR_MS)
    await handOut(setting, '8.8.8.8')
    await foldLedger()
    await handOut(setting, '8.8.8.8')
    await handOut(second, '1.1.1.1')
    clock.advance(MINUTE_MS)
    await handOut(setting, '8.8.4.4')
    await db().handOutOrigin.create({ data: { machineKeyId: setting.key.id, connectionId: randomUUID(), address: '8.8.8.8', firstAt: clock.date } })
    const { items } = await listAddresses(setting.actor.viewer, setting.key.id)
    expect(items).toMatchObject([
      { address: '8.8.4.4', firstAt: clock.date.toISOString(), connections: 1, inHour: 1 },
      { address: '8.8.8.8', connections: 2, inHour: 2 },
    ])
  })

  test('is told to nobody of another organization', async () => {
    const setting = await makeMachineSetting(rig)
    await handOut(setting, '8.8.8.8')
    expect(await refusalOf(listAddresses((await makeActor()).viewer, setting.key.id))).toBe('not_found')
    expect((await listAddresses(setting.actor.viewer, setting.key.id)).items).toHaveLength(1)
  })
})
