import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { requestRefresh } from '../refresh/request-refresh'
import { makeConnected } from '../../tests/consent-flow'
import { makeActor } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { metrics } from './metrics'

const rig = await openRig()

/** The lines of one metric, without their help. */
async function linesOf(name: string): Promise<string[]> {
  const text = await metrics().registry.metrics()
  return text.split('\n').filter((line) => line.startsWith(name))
}

describe('the metrics', () => {
  test('count refreshes by how they ended, and what Octorate took', async () => {
    const { subject } = await makeConnected(rig, await makeActor())
    await requestRefresh(subject, { reason: 'manual', waitMs: 10_000 })
    rig.sandbox.control.faults.add({ endpoint: 'identity/refresh', kind: 'quota', count: 1 })
    rig.clock.advance(120_000)
    await requestRefresh(subject, { reason: 'manual', waitMs: 10_000 })
    expect(await linesOf('keyrack_refreshes_total')).toEqual(['keyrack_refreshes_total{outcome="refreshed"} 1', 'keyrack_refreshes_total{outcome="quota"} 1'])
    const counts = await linesOf('keyrack_upstream_seconds_count')
    expect(counts).toContain('keyrack_upstream_seconds_count{call="refresh",status="200"} 1')
    expect(counts).toContain('keyrack_upstream_seconds_count{call="refresh",status="403"} 1')
  })

  test('say how many connections there are, what is due, and how the pool is', async () => {
    await rig.database.sql(`UPDATE connections SET next_refresh_at = $1`, [new Date(rig.runtime.clock().getTime() - 90_000)])
    rig.runtime.singletons.delete('stored figures')
    expect(await linesOf('keyrack_connections{')).toEqual(['keyrack_connections{state="refresh_failing"} 1', 'keyrack_connections{state="access_token_ended"} 0'])
    expect(await linesOf('keyrack_refreshes_due')).toEqual(['keyrack_refreshes_due 1'])
    expect(await linesOf('keyrack_refreshes_overdue_seconds')).toEqual(['keyrack_refreshes_overdue_seconds 90'])
    expect((await linesOf('keyrack_database_connections{')).map((line) => line.split(' ')[0])).toEqual(
      ['busy', 'idle', 'waiting'].map((state) => `keyrack_database_connections{state="${state}"}`),
    )
  })

  test('say for how long hand-outs wait to be folded into the ledger, which is seconds as long as somebody folds', async () => {
    const behind = async () => {
      rig.runtime.singletons.delete('stored figures')
      const [line = ''] = await linesOf('keyrack_ledger_behind_seconds')
      return Math.round(Number(line.split(' ')[1]) / 10) * 10
    }
    expect(await behind()).toBe(0)
    await rig.database.sql("INSERT INTO hand_out_batches (at) VALUES (now() - interval '5 minutes'), (now())")
    expect(await behind()).toBe(300)
    await rig.database.sql('DELETE FROM hand_out_batches')
  })

  test('say how much room the data folder has, and how many answers wait there, because a full disk stops every write', async () => {
    await writeFile(path.join(rig.runtime.spoolFolder, 'a.answer.json'), '{}')
    expect(await linesOf('keyrack_spool_waiting')).toEqual(['keyrack_spool_waiting 1'])
    await rm(path.join(rig.runtime.spoolFolder, 'a.answer.json'))
    expect(await linesOf('keyrack_spool_waiting')).toEqual(['keyrack_spool_waiting 0'])
    const [free = ''] = await linesOf('keyrack_disk_free_bytes')
    expect(Number(free.split(' ')[1])).toBeGreaterThan(1e6)
  })

  test('watch the event loop only where somebody may read it, because that alone wakes an idle process a hundred times a second', async () => {
    expect(await linesOf('keyrack_nodejs_eventloop_lag')).toEqual([])
    const env = { ...rig.runtime.env, KEYRACK_METRICS_TOKEN: 'a bearer for Prometheus' }
    await rig.asAnotherProcess(async () => expect(await linesOf('keyrack_nodejs_eventloop_lag')).not.toEqual([]), { env })
  })

  test('name no property, no client id and no token, because whoever watches is no owner', async () => {
    const text = await metrics().registry.metrics()
    for (const known of await rig.database.sql<{ value: string }>('SELECT name AS value FROM connections UNION SELECT client_id FROM api_clients')) expect(text).not.toContain(known.value)
    expect(text).not.toContain('sbx_')
  })
})
