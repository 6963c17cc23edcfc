import 'server-only'
import { getRuntime } from '../runtime'
import { FOLD } from './ledger-sql'

/** Rows in one statement: enough that many hand-outs of a minute become one write, and few enough that it is over soon. */
const MOST_ROWS = 20_000

/** Brings what was handed out up to now into the ledger, in several statements where it is much. */
export async function foldLedger(isStopped: () => boolean = () => false, most = MOST_ROWS): Promise<void> {
  let rows = most
  while (rows >= most && !isStopped()) rows = await foldSome(most)
}

async function foldSome(most: number): Promise<number> {
  const { rows } = await getRuntime().pool.query<{ rows: number }>(FOLD, [most])
  return rows[0]?.rows ?? 0
}
