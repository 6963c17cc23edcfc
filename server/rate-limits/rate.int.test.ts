import { expect, test } from 'vitest'
import { getRuntime, setRuntime } from '../runtime'
import { openMachineFront } from '../../tests/machine-front'
import { makeMachineSetting } from '../../tests/machine-setting'
import { makeMachineKey } from '../../tests/make-machine-key'
import { openRig } from '../../tests/runtime'

const rig = await openRig()
const front = await openMachineFront()

const allow = (calls: number) => setRuntime({ ...getRuntime(), env: { ...getRuntime().env, KEYRACK_MACHINE_RATE: calls }, singletons: new Map() })

test('a key that calls too often hears when to come back, and others are served meanwhile', async () => {
  const setting = await makeMachineSetting(rig)
  const other = await makeMachineKey(setting.actor)
  allow(2)
  const call = async (as: string) => {
    const { status, headers } = await front.call('GET', `/api/v1/connections/${setting.connectionId}`, { as })
    return [status, headers['ratelimit-policy'], headers['ratelimit'], headers['retry-after']]
  }
  expect(await call(setting.key.header)).toEqual([200, '"key";q=2;w=60', '"key";r=1;t=60', undefined])
  rig.clock.advance(10_000)
  expect(await call(setting.key.header)).toEqual([200, '"key";q=2;w=60', '"key";r=0;t=50', undefined])
  expect(await call(setting.key.header)).toEqual([429, '"key";q=2;w=60', '"key";r=0;t=50', '50'])
  expect((await call(other.header))[0]).toBe(200)
  rig.clock.advance(50_000)
  expect((await call(setting.key.header))[0]).toBe(200)
})

test('nothing is counted, and no header says so, when the rate is 0', async () => {
  const setting = await makeMachineSetting(rig)
  allow(0)
  const { status, headers } = await front.call('GET', `/api/v1/connections/${setting.connectionId}`, { as: setting.key.header })
  expect([status, headers['ratelimit'], headers['ratelimit-policy']]).toEqual([200, undefined, undefined])
})
