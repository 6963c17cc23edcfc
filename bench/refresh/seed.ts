import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { parseKeys } from '@/server/crypto/parse-keys'
import { seal } from '@/server/crypto/seal'

interface Wish {
  readonly dataFolder: string
  readonly databaseUrl: string
  readonly sandboxUrl: string
  readonly connections: number
}

const DAY_MS = 86_400_000
const AT_ONCE = 24
const ROWS_AT_ONCE = 500
const REDIRECT_URI = 'https://localhost'

const { dataFolder, databaseUrl, sandboxUrl, connections } = JSON.parse(process.argv[2] ?? '') as Wish
const keys = parseKeys(await readFile(path.join(dataFolder, 'keys'), 'utf8'))
const sql = new pg.Client({ connectionString: databaseUrl })
await sql.connect()

const [organizationId, apiClientId] = [randomUUID(), randomUUID()]
const credentials = { clientId: `bench-${apiClientId.slice(0, 8)}`, clientSecret: `sbx_${randomUUID()}` }
await post('/control/api-clients', { ...credentials, redirectUris: [REDIRECT_URI] })
await sql.query(`INSERT INTO organizations (id, name) VALUES ($1, 'Bench')`, [organizationId])
const secret = { table: 'api_clients', column: 'client_secret_sealed', organizationId, rowId: apiClientId, version: 1 }
await sql.query(
  `INSERT INTO api_clients (id, organization_id, name, client_id, client_secret_sealed, client_secret_last4, secret_rotated_at, environment, upstream_id, updated_at)
   VALUES ($1, $2, 'Bench', $3, $4, 'last', now(), 'SANDBOX', 'sandbox', now())`,
  [apiClientId, organizationId, credentials.clientId, seal(keys, secret, credentials.clientSecret)],
)
let left = connections
const rows: Awaited<ReturnType<typeof makeRow>>[] = []
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (left > 0) {
      left -= 1
      rows.push(await makeRow())
    }
  }),
)
for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) await insert(rows.slice(from, from + ROWS_AT_ONCE))
await sql.query('ANALYZE')
await sql.end()
console.log(JSON.stringify({ organizationId, apiClientId, clientId: credentials.clientId }))

/** A grant of its own at the sandbox for every connection, as hoteliers give them. */
async function makeRow() {
  const id = randomUUID()
  const { code } = await post('/control/consent', { clientId: credentials.clientId, redirectUri: REDIRECT_URI, username: 'marco.bianchi', properties: ['324410'] })
  const form = { grant_type: 'code', code: String(code), client_id: credentials.clientId, client_secret: credentials.clientSecret, redirect_uri: REDIRECT_URI }
  const tokens = await post('/connect/rest/v1/identity/token', new URLSearchParams(form))
  const sealed = (column: string, token: unknown) => seal(keys, { table: 'connections', column, organizationId, rowId: id, version: 1 }, String(token))
  return { id, access: sealed('access_token_sealed', tokens['access_token']), refresh: sealed('refresh_token_sealed', tokens['refresh_token']) }
}

async function insert(some: readonly Awaited<ReturnType<typeof makeRow>>[]): Promise<void> {
  const now = new Date()
  await sql.query(
    `INSERT INTO connections (id, organization_id, api_client_id, identity, name, search_text, environment, state_since, origin,
       access_token_sealed, access_issued_at, access_expires_at, expiry_source, refresh_token_sealed, last_refresh_at, next_refresh_at, verified_at, updated_at)
     SELECT id, $2, $3, 'property:' || id, 'Casa', 'casa', 'SANDBOX', $6, 'code', access, $6, $7, 'expireDate', refresh, $6, $7, $6, $6
     FROM unnest($1::uuid[], $4::text[], $5::text[]) AS t(id, access, refresh)`,
    [some.map(({ id }) => id), organizationId, apiClientId, some.map(({ access }) => access), some.map(({ refresh }) => refresh), now, new Date(now.getTime() + DAY_MS)],
  )
}

async function post(address: string, body: object): Promise<Record<string, unknown>> {
  const isForm = body instanceof URLSearchParams
  const answer = await fetch(`${sandboxUrl}${address}`, {
    method: 'POST',
    ...(isForm ? { body } : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Record<string, unknown>
}
