import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { visitorPages } from '@/contracts/paths'
import { SESSION_COOKIE } from '@/server/auth/session-cookie'
import { parseKeys } from '@/server/crypto/parse-keys'
import { open } from '@/server/crypto/seal'
import { migrate } from '@/server/database/migrate'
import { ask } from '../ask'
import { startCluster, type Cluster } from '../cluster'
import { ownPageHeaders } from '../console'
import { CONNECTION_ID, DATA, DATA_OF_THEN_ONLY, LAST_MIGRATION, ORGANIZATION_ID, SECRETS } from '../previous-version/fixture'
import { eventually } from '../processes'
import { createTestDatabase, type TestDatabase } from '../test-database'
import { makeStage, type Stage } from './stage'

let cluster: Cluster
let database: TestDatabase
let stage: Stage

/** The database as the version before left it, and then this version started on it as anybody would. */
beforeAll(async () => {
  cluster = await startCluster()
  database = await createTestDatabase(cluster.postgres, { template: 'template0' })
  await migrate(database.ownerUrl, 'prisma/migrations', (name) => name <= LAST_MIGRATION)
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(`${DATA}${DATA_OF_THEN_ONLY}`)
  await owner.end()
  stage = await makeStage()
  const console_ = stage.launch({
    DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl, KEYRACK_KEYS: SECRETS.keysText, KEYRACK_WORKER: 'off',
  })
  await console_.ready()
})

afterAll(async () => {
  await stage.clear()
  await database.close()
  await cluster.close()
})

const askMachine = (path: string, key: string) => ask(stage.url, `/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } })

describe('data of the version before, under this one', () => {
  test('every migration of this version is applied', async () => {
    const rows = await database.sql<{ name: string }>('SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL')
    expect(rows.filter(({ name }) => name > LAST_MIGRATION).length).toBeGreaterThan(3)
  })

  test('an access token is handed out to the key of then, and is the one of then', async () => {
    const answer = await askMachine(`/connections/${CONNECTION_ID}/access-token`, SECRETS.machineKey)
    expect([answer.status, (answer.json() as { accessToken: string }).accessToken]).toEqual([200, SECRETS.accessToken])
  })

  test('a key is refused from where it was not good then, because its addresses became a restriction', async () => {
    const answer = await askMachine(`/connections/${CONNECTION_ID}/access-token`, SECRETS.machineKeyOfElsewhere)
    expect(answer.status).toBe(403)
  })

  test('the refresh token opens under the key of then', async () => {
    const [row] = await database.sql<{ sealed: string; version: number }>(
      'SELECT refresh_token_sealed AS sealed, refresh_token_version AS version FROM connections WHERE id = $1', [CONNECTION_ID],
    )
    const place = { table: 'connections', column: 'refresh_token_sealed', organizationId: ORGANIZATION_ID, rowId: CONNECTION_ID, version: row?.version ?? 0 }
    expect(open(parseKeys(SECRETS.keysText), place, row?.sealed ?? '')).toBe(SECRETS.refreshToken)
  })

  test("a hotelier's link still opens", async () => {
    const answer = await ask(stage.url, visitorPages.link(SECRETS.linkToken))
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('Hotel Roma')
  })

  test('a person signs in with the password of then, and finds the connections, those that were disconnected too', async () => {
    const cookie = await signIn()
    const connections = await ask(stage.url, '/api/connections', { headers: { cookie } })
    expect(connections.status).toBe(200)
    expect(connections.text).toContain('Hotel Roma')
    const people = await ask(stage.url, '/api/people', { headers: { cookie } })
    expect(people.text).toContain('sam@keyrack.example')
  })

  test('the proof of then has its place in the chain', async () => {
    const sealed = () => database.sql("SELECT 1 FROM audit_events e JOIN audit_seals s ON s.event_id = e.id WHERE e.action = 'connection.connected'")
    expect(await eventually(sealed, (rows) => rows.length === 1)).toHaveLength(1)
  })
})

async function signIn(): Promise<string> {
  const csrf = await ask(stage.url, '/api/auth/csrf')
  const { csrfToken } = csrf.json() as { csrfToken: string }
  const { email, password } = SECRETS
  const answer = await ask(stage.url, '/api/auth/callback/credentials', {
    method: 'POST', body: new URLSearchParams({ csrfToken, email, password, json: 'true' }).toString(),
    headers: { ...ownPageHeaders(stage.url), cookie: csrf.setCookies[0]?.split(';', 1)[0], 'content-type': 'application/x-www-form-urlencoded' },
  })
  return answer.setCookies.find((line) => line.startsWith(SESSION_COOKIE))?.split(';', 1)[0] ?? ''
}
