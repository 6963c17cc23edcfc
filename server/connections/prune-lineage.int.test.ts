import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { db } from '../db'
import { MOST_LINEAGE } from './get-connection'
import { pruneLineage } from './prune-lineage'
import { makeConnected } from '../../tests/consent-flow'
import { makeActor } from '../../tests/factories'
import { openRig } from '../../tests/runtime'

const rig = await openRig()
const { clock } = rig
const DAY_MS = 86_400_000

test('lineage of more than 400 days is forgotten, a bounded number at a time, but never what the page shows', async () => {
  const [old, young] = [await makeConnected(rig, await makeActor()), await makeConnected(rig, await makeActor())]
  const rows = (connectionId: string, organizationId: string, ages: readonly number[]) =>
    db().tokenLineage.createMany({
      data: ages.map((days) => ({
        id: randomUUID(), connectionId, organizationId, at: new Date(clock.at - days * DAY_MS), origin: 'refresh' as const, accessFingerprint: 'a',
        refreshFingerprint: '', refreshReplaced: false, accessExpiresAt: clock.date, expirySource: 'expireDate',
      })),
    })
  const ages = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)
  await rows(old.connectionId, old.subject.organizationId, ages(500, MOST_LINEAGE + 10))
  await rows(young.connectionId, young.subject.organizationId, ages(300, MOST_LINEAGE + 110))
  const left = (connectionId: string) => db().tokenLineage.count({ where: { connectionId } })
  expect(await pruneLineage(clock.date, 3)).toBe(3)
  while ((await pruneLineage(clock.date)) > 0);
  expect([await left(old.connectionId), await left(young.connectionId)]).toEqual([MOST_LINEAGE, 102])
})
