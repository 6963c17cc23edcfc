import { describe, expect, test } from 'vitest'
import { db } from '../db'
import { transaction } from './transaction'
import { makeOrganization } from '../../tests/factories'
import { openRig } from '../../tests/runtime'

await openRig()

const nameOf = async (id: string) => (await db().organization.findUniqueOrThrow({ where: { id } })).name
const raise = (code: string) => `DO $$ BEGIN RAISE EXCEPTION 'as asked' USING ERRCODE = '${code}'; END $$`

describe('a transaction', () => {
  test.each(['40001', '40P01'])('is run again when the database asks for it with %s, and leaves its work once', async (code) => {
    const { id } = await makeOrganization('before')
    let runs = 0
    await transaction(async (tx) => {
      runs += 1
      const { name } = await tx.organization.findUniqueOrThrow({ where: { id } })
      await tx.organization.update({ where: { id }, data: { name: `${name}+` } })
      if (runs < 3) await tx.$executeRawUnsafe(raise(code))
    })
    expect(runs).toBe(3)
    expect(await nameOf(id)).toBe('before+')
  })

  test('is given up after the third time, and leaves nothing', async () => {
    const { id } = await makeOrganization('before')
    let runs = 0
    const work = transaction(async (tx) => {
      runs += 1
      await tx.organization.update({ where: { id }, data: { name: 'after' } })
      await tx.$executeRawUnsafe(raise('40001'))
    })
    await expect(work).rejects.toThrow('as asked')
    expect(runs).toBe(3)
    expect(await nameOf(id)).toBe('before')
  })

  test.each(['23505', '23514', '22012', '57014'])('is not run again for %s, because it would end the same', async (code) => {
    let runs = 0
    const work = transaction(async (tx) => {
      runs += 1
      await tx.$executeRawUnsafe(raise(code))
    })
    await expect(work).rejects.toThrow('as asked')
    expect(runs).toBe(1)
  })

  test('survives a deadlock with another: both end, one after the other', async () => {
    const [one, two] = [await makeOrganization('one'), await makeOrganization('two')]
    let arrived = 0
    let meet: () => void = () => undefined
    const met = new Promise<void>((resolve) => (meet = resolve))
    const lockBoth = (first: string, second: string, mark: string) =>
      transaction(async (tx) => {
        await tx.$executeRaw`UPDATE organizations SET name = name || ${mark} WHERE id = ${first}::uuid`
        arrived += 1
        if (arrived === 2) meet()
        await met
        await tx.$executeRaw`UPDATE organizations SET name = name || ${mark} WHERE id = ${second}::uuid`
      })
    await Promise.all([lockBoth(one.id, two.id, 'a'), lockBoth(two.id, one.id, 'b')])
    for (const [id, start] of [[one.id, 'one'], [two.id, 'two']] as const) {
      expect([`${start}ab`, `${start}ba`]).toContain(await nameOf(id))
    }
  })
})
