import pg from 'pg'

const ANSWERS_WITHIN_MS = 10_000

/**
 * Connects once to a database that somebody configured.
 *
 * @throws Error that says which variable is wrong and how, never with its password.
 */
export async function tryDatabase(variable: 'DATABASE_URL' | 'DATABASE_OWNER_URL', connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: ANSWERS_WITHIN_MS })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (cause) {
    throw new Error(`${variable} ${faultOf(cause, new URL(connectionString))}`, { cause })
  } finally {
    await client.end().catch(() => undefined)
  }
}

function faultOf(error: unknown, { host, pathname, username }: URL): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const role = decodeURIComponent(username)
  if (code === '28P01' || code === '28000') return `was refused by the database at ${host}: its user or password is wrong (user "${role}").`
  if (code === '3D000') return `names the database "${decodeURIComponent(pathname.slice(1))}" at ${host}, which does not exist.`
  if (/^[0-9A-Z]{5}$/.test(code)) return `was refused by the database at ${host} (SQLSTATE ${code}).`
  return `names a database at ${host} that does not answer${code ? ` (${code})` : ''}. Is it running, and is the address right?`
}
