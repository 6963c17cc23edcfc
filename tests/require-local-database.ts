const VARIABLES = ['DATABASE_URL', 'DATABASE_OWNER_URL'] as const
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Tests bring a PostgreSQL of their own, wipe it and restart it. Where the environment names a database on another
 * machine, nothing is started at all.
 *
 * @throws Error that names the variable, never its value.
 */
export function requireLocalDatabase(env: Readonly<Record<string, string | undefined>>): void {
  for (const name of VARIABLES) {
    const value = env[name]
    if (!value || isLocal(value)) continue
    throw new Error(`${name} names a database that is not on this machine: unset it before you run the tests.`)
  }
}

function isLocal(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  // libpq and pg read a host from the query too, and it wins.
  return LOOPBACK.has(url.hostname) && !url.searchParams.has('host') && !url.searchParams.has('hostaddr')
}
