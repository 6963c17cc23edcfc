import { expect, test } from 'vitest'
import { makeActor, makeApiClient } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { takeSlot } from './take-slot'

const rig = await openRig()

async function makeLane(nextSlot: string): Promise<string> {
  const { id } = await makeApiClient(rig, await makeActor())
  await rig.database.sql(
    `INSERT INTO refresh_lanes (api_client_id, next_slot_at, gap_ms) VALUES ($1, clock_timestamp() + $2::interval, 55)
     ON CONFLICT (api_client_id) DO UPDATE SET next_slot_at = EXCLUDED.next_slot_at, gap_ms = EXCLUDED.gap_ms`,
    [id, nextSlot],
  )
  return id
}

test('a free lane gives a place at once, also when nobody has opened it', async () => {
  const { id } = await makeApiClient(rig, await makeActor())
  await rig.database.sql('DELETE FROM refresh_lanes WHERE api_client_id = $1', [id])
  expect(await takeSlot(id)).toBeLessThan(1)
  expect(await takeSlot(await makeLane('-1 minute'))).toBeLessThan(1)
})

test('places follow each other at the lane’s distance, because imports and refreshes share one pace', async () => {
  const id = await makeLane('0')
  const waits = [await takeSlot(id), await takeSlot(id), await takeSlot(id)]
  expect(waits.every((wait) => wait !== null)).toBe(true)
  expect(waits[2] ?? 0).toBeGreaterThan((waits[1] ?? 0) - 55)
  const [lane] = await rig.database.sql<{ ahead: number }>(
    'SELECT extract(epoch FROM next_slot_at - clock_timestamp())::float8 * 1000 AS ahead FROM refresh_lanes WHERE api_client_id = $1', [id],
  )
  expect(lane?.ahead).toBeLessThanOrEqual(165)
})

test('a lane that others have taken gives none, because refreshes of what is connected come first', async () => {
  const id = await makeLane('2 seconds')
  expect(await takeSlot(id)).toBeNull()
  const [lane] = await rig.database.sql<{ isUntouched: boolean }>(
    `SELECT next_slot_at > clock_timestamp() + interval '1 second' AND gap_ms = 55 AS "isUntouched" FROM refresh_lanes WHERE api_client_id = $1`, [id],
  )
  expect(lane).toEqual({ isUntouched: true })
})
