import { expect, test } from 'vitest'
import { db } from '../db'
import { openMachineFront } from '../../tests/machine-front'
import { askToken, isLive, makeMachineSetting } from '../../tests/machine-setting'
import { refreshAllDue } from '../../tests/refresh-all-due'
import { openRig } from '../../tests/runtime'
import { watchCalls } from '../../tests/upstream-calls'
import { pauseRefresh, resumeRefresh } from './pause-refresh'
import { refreshConnection } from './refresh-connection'

const rig = await openRig()
const { clock } = rig
const front = await openMachineFront()
const DAY_MS = 24 * 60 * 60_000

test('a paused connection is refreshed by nobody but a person, and hands its token out while that lives', async () => {
  const setting = await makeMachineSetting(rig)
  await pauseRefresh(setting.actor, setting.connectionId, 'Octorate looks into it')
  await pauseRefresh(setting.actor, setting.connectionId, 'twice')
  const calls = watchCalls(rig)
  clock.advance(DAY_MS - 10 * 60_000)
  await refreshAllDue()
  expect(await askToken(front, setting, '?minTtl=3600')).toMatchObject({ status: 200 })
  clock.advance(11 * 60_000)
  expect(await askToken(front, setting)).toMatchObject({ status: 503, code: 'temporarily_unavailable', accessToken: '' })
  expect(calls.count('identity/refresh')).toBe(0)
  await refreshConnection(setting.actor, setting.connectionId)
  expect(isLive(rig, await askToken(front, setting))).toBe(true)
  expect(calls.count('identity/refresh')).toBe(1)
})

test('a resumed one is refreshed when it is due, and both acts are in the audit log', async () => {
  const setting = await makeMachineSetting(rig)
  await pauseRefresh(setting.actor, setting.connectionId, 'Octorate looks into it')
  clock.advance(DAY_MS)
  await refreshAllDue()
  const calls = watchCalls(rig)
  expect((await resumeRefresh(setting.actor, setting.connectionId)).refreshPausedAt).toBeNull()
  await resumeRefresh(setting.actor, setting.connectionId)
  await refreshAllDue()
  expect(calls.count('identity/refresh')).toBe(1)
  const events = await db().auditEvent.findMany({ where: { targetId: setting.connectionId, action: { startsWith: 'connection.refresh_' } }, orderBy: { id: 'asc' } })
  expect(events.map(({ action }) => action)).toEqual(['connection.refresh_paused', 'connection.refresh_resumed'])
})
