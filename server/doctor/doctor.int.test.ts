import path from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { db } from '../db'
import { readEnv } from '../env'
import { makeConnected } from '../../tests/consent-flow'
import { makeActor } from '../../tests/factories'
import { openRig } from '../../tests/runtime'
import { DOCTOR_KINDS } from '@/contracts/doctor'
import { examineDatabase } from './examine-database'
import { examineEgress } from './examine-egress'
import { examineOctorate } from './examine-octorate'
import { getDoctor } from './get-doctor'

const rig = await openRig()
const client = new pg.Client({ connectionString: rig.database.ownerUrl })
await client.connect()
afterAll(() => client.end())

const migrations = path.resolve('prisma', 'migrations')
const bySubject = (findings: readonly { subject: string; level: string; what: string }[]) => Object.fromEntries(findings.map(({ subject, level, what }) => [subject, `${level}: ${what}`]))
const database = async (env: Record<string, string> = {}) => bySubject(await examineDatabase(client, { env: readEnv(env), migrations }))
const octorate = async () => bySubject(await examineOctorate(client, { publicUrl: rig.runtime.publicUrl, organizationId: null }))

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
    expect(await octorate()).toEqual({
      Clock: expect.stringMatching(/^warning: Octorate has not answered yet/),
      'Redirect URIs': 'warning: No API client is registered.',
    })
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

describe('the doctor on the way out', () => {
  test('does not care about the address while no list is kept, and holds it to what Octorate answered to this server', async () => {
    const actor = await makeActor()
    const { apiClient } = await makeConnected(rig, actor)
    const { organizationId } = actor.viewer
    const egress = async (own: readonly string[] = []) => (await examineEgress(client, { organizationId, own })).map(({ level, what }) => `${level}: ${what}`)
    expect(await egress()).toEqual([expect.stringMatching(/^ok: No IP whitelist is kept/)])
    const list = await db().addressList.create({
      data: { organizationId, apiClientId: apiClient.id, entries: { create: { organizationId, position: 0, block: '8.8.8.0/24', comment: 'office', owner: 'Ada', createdAt: rig.clock.date } } },
    })
    expect(await egress(['8.8.8.8'])).toEqual([expect.stringMatching(/^warning: Nobody has proven/)])
    expect(await egress(['8.8.9.8'])).toEqual([expect.stringMatching(/^warning: 8\.8\.9\.8 of this machine is not on the list/)])
    const said = (outcome: 'allowed' | 'refused') =>
      db().whitelistVerification.create({ data: { organizationId, listId: list.id, at: rig.clock.date, propertyId: '324410', outcome } })
    await said('allowed')
    expect(await egress(['8.8.8.8'])).toEqual([expect.stringMatching(/^ok: Octorate let this server in/)])
    rig.clock.advance(1_000)
    await said('refused')
    expect(await egress(['8.8.8.8'])).toEqual([expect.stringMatching(/^problem: Octorate refused this server/)])
  })
})

describe('the doctor as a page', () => {
  test('finds something of each kind, tells of the organization\'s own API clients alone, and no secret in its text', async () => {
    const [own, stranger] = [await makeActor(), await makeActor()]
    const { apiClient } = await makeConnected(rig, own)
    await makeConnected(rig, stranger)
    await rig.database.sql('UPDATE api_clients SET name = $2 WHERE id = $1', [apiClient.id, 'Alpe Hotels'])
    const { findings, text } = await getDoctor(own.viewer)
    expect([...new Set(findings.map(({ kind }) => kind))]).toEqual(DOCTOR_KINDS)
    expect(findings.filter(({ subject }) => / of /.test(subject)).every(({ subject }) => subject.endsWith('Alpe Hotels'))).toBe(true)
    expect(text).not.toContain('Alpe Hotels')
    expect(text).not.toContain(apiClient.clientSecret)
    expect(text).not.toContain(rig.runtime.publicUrl)
    expect(text.split('\n')).toHaveLength(findings.length + 1)
  })
})
