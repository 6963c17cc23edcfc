import type { TestDatabase } from './test-database'

/** Every row of every table as text: what somebody who steals the database reads. */
export async function dumpDatabase({ sql }: Pick<TestDatabase, 'sql'>): Promise<string> {
  const tables = await sql<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  )
  const parts = await Promise.all(tables.map(({ name }) => sql<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t`)))
  return parts.flat().map(({ row }) => row).join('\n')
}

/** The spellings in which a secret could lie about. */
export function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    [...secret].reverse().join(''),
  ]
}

/** The secrets that can be found in a text, in any spelling. */
export function findSecrets(text: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => secret.length >= 12 && spellingsOf(secret).some((spelling) => text.includes(spelling)))
}
