import path from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { readEnv } from '../env'
import { makeConnected } from '../../tests/consent-flow'
import { makeActor } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { examineDatabase } from './examine-database'
import { examineOctorate } from './examine-octorate'

const rig = await openRig()
const client = new pg.Client({ connectionString: rig.database.ownerUrl })
await client.connect()
afterAll(() => client.end())

const migrations = path.resolve('prisma', 'migrations')
const bySubject = (findings: readonly { subject: string; level: string; what: string }[]) => Object.fromEntries(findings.map(({ subject, level, what }) => [subject, `${level}: ${what}`]))
const database = async (env: Record<string, string> = {}) => bySubject(await examineDatabase(client, { env: readEnv(env), migrations }))
const octorate = async () => bySubject(await examineOctorate(client, rig.runtime.publicUrl))

describe('the doctor on the database', () => {
  test('finds a good one good', async () => {
    const found = await database({ DATABASE_URL: rig.database.appUrl, DATABASE_OWNER_URL: rig.database.ownerUrl })
    expect(Object.values(found).filter((line) => !line.startsWith('ok'))).toEqual([])
    expect(Object.keys(found)).toEqual(['PostgreSQL', 'Migrations', 'Connections', 'Roles'])
  })

  test('finds a role that could rewrite the audit log, a pool that is too large, and a later version', async () => {
    expect((await database({ DATABASE_URL: rig.database.ownerUrl, DATABASE_OWNER_URL: rig.database.ownerUrl }))['Roles']).toMatch(/^problem/)
    expect((await database({ DATABASE_POOL: '200' }))['Connections']).toMatch(/^problem/)
    await rig.database.sql(`INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name) VALUES ('x', 'x', now(), '29990101000000_later')`)
    expect((await database())['Migrations']).toMatch(/^problem: The database is of a later version: 29990101000000_later/)
    await rig.database.sql(`UPDATE _prisma_migrations SET finished_at = NULL WHERE id = 'x'`)
    expect((await database())['Migrations']).toMatch(/^problem: 29990101000000_later was begun/)
    await rig.database.sql(`DELETE FROM _prisma_migrations WHERE id = 'x'`)
  })
})

describe('the doctor on Octorate', () => {
  test('knows nothing before anybody called', async () => {
    expect(await octorate()).toEqual({ Clock: expect.stringMatching(/^warning: Octorate has not answered yet/) })
  })

  test('holds the clock, the redirect URI and the credentials to what Octorate last said', async () => {
    const { apiClient } = await makeConnected(rig, await makeActor())
    const subject = 'Channel manager'
    await rig.database.sql('UPDATE token_lineage SET drift_ms = 1500')
    expect(await octorate()).toMatchObject({ Clock: "ok: 2 s from Octorate's.", [`Redirect URI of ${subject}`]: expect.stringMatching(/^warning|^ok/), [`Credentials of ${subject}`]: expect.stringMatching(/^ok/) })
    await rig.database.sql(`INSERT INTO live_configurations (api_client_id, organization_id, redirect_uris, read_at, next_read_at)
      SELECT id, organization_id, '{https://elsewhere.example}', now(), now() FROM api_clients WHERE id = $1
      ON CONFLICT (api_client_id) DO UPDATE SET redirect_uris = excluded.redirect_uris`, [apiClient.id])
    await rig.database.sql('UPDATE api_clients SET refused_at = now() WHERE id = $1', [apiClient.id])
    await rig.database.sql('UPDATE token_lineage SET drift_ms = -90000')
    expect(await octorate()).toEqual({
      Clock: "problem: Octorate's clock and ours are 90 s apart.",
      [`Redirect URI of ${subject}`]: expect.stringMatching(/^problem: .*is not on the list at Octorate/),
      [`Credentials of ${subject}`]: 'problem: Octorate refuses client id and secret.',
    })
  })
})
