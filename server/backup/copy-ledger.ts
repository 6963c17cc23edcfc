import type { ClientBase } from 'pg'
import { FOLD, FOLDED } from '../hand-outs/ledger-sql'

type Client = Pick<ClientBase, 'query' | 'escapeIdentifier'>

/** All that a restore finds at once. */
const ALL = 2_000_000_000

/**
 * What a table is copied from. A backup holds no batches, but the rows that they are: put back into a database in which
 * they were folded since, they would count a second time.
 */
export async function sourceOf(client: Client, table: string): Promise<string> {
  return table === 'hand_outs' && (await hasBatches(client)) ? FOLDED : client.escapeIdentifier(table)
}

/** Before rows of the ledger are put in: what is in a batch, and in the backup as a row, would count twice once it is folded. */
export async function foldBefore(client: Client): Promise<void> {
  if (await hasBatches(client)) await client.query(FOLD, [ALL])
}

/** A database of an earlier version has none. */
async function hasBatches(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>("SELECT to_regclass('public.hand_out_batches') IS NOT NULL AS is")
  return rows[0]?.is ?? false
}
