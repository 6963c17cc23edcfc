import { expect, test } from 'vitest'
import { removePerson } from '../people/remove-person'
import { db } from '../db'
import { makeActor, makeColleague } from '../../tests/factories'
import { makeFresh } from '../../tests/make-fresh'
import { makeMachineKey } from '../../tests/make-machine-key'
import { openRig } from '../../tests/runtime'
import { reviewAccess } from './review-access'

const rig = await openRig()

async function review(organizationId: string): Promise<string[][]> {
  const lines = (await reviewAccess(organizationId, rig.runtime.clock())).trimEnd().split('\r\n')
  return lines.map((line) => [...line.replace('\uFEFF', '').matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell))
}

test('it has a line for each person and each key that is let in, and flags a key whose maker has left', async () => {
  const owner = await makeActor()
  await makeFresh(owner)
  const developer = await makeColleague(owner, 'developer')
  const key = await makeMachineKey(developer, { scopes: ['tokens:read'], properties: ['324410'] })
  await makeMachineKey(developer, { revokedAt: rig.runtime.clock() })
  const { organizationId } = owner.viewer
  await db().machineKey.updateMany({ where: { id: key.id }, data: { name: '=1+1' } })
  const [header = [], ...before] = await review(organizationId)
  const cell = (row: string[] | undefined, name: string) => row?.[header.indexOf(name)]
  expect(before).toHaveLength(3)
  const person = before.find((row) => cell(row, 'e-mail') === developer.viewer.email)
  expect([cell(person, 'role'), cell(person, 'two-factor'), cell(person, 'service keys'), cell(person, 'sessions')]).toEqual(['developer', 'off', '1', '0'])
  expect(cell(before.find((row) => cell(row, 'e-mail') === owner.viewer.email), 'last sign-in')).toBe(rig.runtime.clock().toISOString())
  await removePerson(owner, developer.viewer.userId, '')
  const [, ...after] = await review(organizationId)
  const left = after.find((row) => cell(row, 'what') === 'service key')
  expect(after).toHaveLength(2)
  expect([cell(left, 'name'), cell(left, 'maker has left'), cell(left, 'scopes'), cell(left, 'properties')]).toEqual(["'=1+1", 'YES', 'tokens:read', '324410'])
  expect(cell(left, 'rotate by')).not.toBe('')
})
