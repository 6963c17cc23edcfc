// The front with the machine API as the console has it, on a database of its own, with a bare route beside it. Prints one
// line of JSON when it is ready, and one with its own CPU time and memory for every line that it reads.
import { randomBytes, randomUUID } from 'node:crypto'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { formatMachineKey } from '@/lib/machine-key'
import { digest } from '@/server/crypto/digest'
import { seal } from '@/server/crypto/seal'
import { makePool } from '@/server/db'
import { readEnv } from '@/server/env'
import { createFront } from '@/server/front/create-front'
import { createMachineApi } from '@/server/front/machine-api/create-machine-api'
import { sendAnswer } from '@/server/front/machine-api/send-answer'
import { makeLogger } from '@/server/log'
import { startLastUsedWriter } from '@/server/machine-keys/last-used'
import { setRuntime, type Runtime } from '@/server/runtime'
import { checkKeys } from '@/server/start/check-keys'
import { loadKeys } from '@/server/start/load-keys'
import { openDatabase } from '@/server/start/open-database'

const [root = '', connections = '1000'] = process.argv.slice(2)
const env = readEnv()
const dataFolder = path.resolve(env.KEYRACK_DATA)
const LIFE_MS = 24 * 3_600_000

const { keys } = await loadKeys(env, dataFolder)
const database = await openDatabase(env, { root, dataFolder, keys })
const publicUrl = `http://localhost:${env.PORT}`
const log = makeLogger(env.LOG_LEVEL)
const runtime: Runtime = {
  env, log, publicUrl, keys,
  upstreams: [],
  pool: makePool(database.appUrl, env.DATABASE_POOL, log),
  clock: () => new Date(),
  sandboxClient: null,
  spoolFolder: path.join(dataFolder, 'spool'),
  mailFolder: path.join(dataFolder, 'mail'),
  processId: randomUUID(),
  startedAt: performance.now(),
  singletons: new Map(),
}
setRuntime(runtime)
let statements = 0
const query = runtime.pool.query.bind(runtime.pool) as (...args: unknown[]) => unknown
Object.assign(runtime.pool, { query: (...args: unknown[]) => ((statements += 1), query(...args)) })
if (keys) await checkKeys(runtime.pool, keys)

const planted = await plant(Number(connections))
const body = JSON.stringify({
  connectionId: planted.ids[0], accessToken: planted.token, issuedAt: new Date().toISOString(), expiresAt: new Date().toISOString(),
  expiresIn: 86_400, fingerprint: '0123456789abcdef',
})
const machineApi = createMachineApi()
machineApi.get('/api/v1/bare', ({ env: { outgoing } }) => {
  sendAnswer(outgoing, { status: 200, body })
  return RESPONSE_ALREADY_SENT
})
const front = createFront({
  runtime, machineApi, tls: null, isLoopback: true,
  next: async (_request, response) => void response.writeHead(404).end(),
})
await new Promise<void>((resolve) => front.listen(env.PORT, '127.0.0.1', resolve))
const lastUsed = startLastUsedWriter()
say({ url: publicUrl, databaseUrl: database.appUrl, key: planted.key, ids: planted.ids })

createInterface({ input: process.stdin }).on('line', () => {
  const { user, system } = process.cpuUsage()
  say({ statements, cpuMs: (user + system) / 1000, rssMb: Math.round(process.memoryUsage.rss() / 1024 / 1024) })
})
process.once('SIGTERM', () => void stop())

async function stop(): Promise<void> {
  front.closeAllConnections()
  front.close()
  await lastUsed.stop()
  await runtime.pool.end()
  await database.stop()
  process.exit(0)
}

function say(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** An organization with one machine key and connections whose tokens are sealed as the console seals them. */
async function plant(count: number) {
  if (!keys) throw new Error('no keys')
  const { pool } = runtime
  const [organizationId, apiClientId, keyId, userId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const now = new Date()
  await pool.query('INSERT INTO organizations (id, name) VALUES ($1, $2)', [organizationId, 'Bench'])
  await pool.query(
    `INSERT INTO api_clients (id, organization_id, name, client_id, client_secret_sealed, client_secret_last4, secret_rotated_at, environment, upstream_id, updated_at)
     VALUES ($1, $2, 'Bench', 'bench', '', '', now(), 'SANDBOX', 'sandbox', now())`,
    [apiClientId, organizationId],
  )
  const key = formatMachineKey('SANDBOX', randomBytes(32))
  await pool.query(
    `INSERT INTO machine_keys (id, organization_id, name, environment, digest, last4, scopes, properties, created_by_user_id, created_at)
     VALUES ($1, $2, 'Bench', 'SANDBOX', $3, $4, '{tokens:read}', '{}', $5, $6)`,
    [keyId, organizationId, digest(key), key.slice(-4), userId, now],
  )
  const ids = Array.from({ length: count }, () => randomUUID())
  const token = `sbx_${randomBytes(32).toString('base64url')}`
  for (const id of ids) {
    const context = { table: 'connections', column: 'access_token_sealed', organizationId, rowId: id, version: 1 }
    await pool.query(
      `INSERT INTO connections (id, organization_id, api_client_id, identity, name, search_text, environment, state_since, origin,
         access_token_sealed, access_issued_at, access_expires_at, expiry_source, last_refresh_at, updated_at)
       VALUES ($1, $2, $3, $4, $4, '', 'SANDBOX', $5, 'code', $6, $5, $7, 'expireDate', $5, $5)`,
      [id, organizationId, apiClientId, `property:${id}`, now, seal(keys, context, token), new Date(now.getTime() + LIFE_MS)],
    )
  }
  await pool.query('ANALYZE connections')
  return { key, ids, token }
}
