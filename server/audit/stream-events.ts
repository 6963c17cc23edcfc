import 'server-only'
import type { Output } from '../log'
import { getRuntime } from '../runtime'
import type { EventLine, MissingLine } from './log-lines'
import { readSealedLines } from './sealed-lines'

const MOST_CHAINS = 50
const MOST_LINES = 500
/** Longer than a page of lines takes when anybody reads them. */
const LEASE_S = 30
/** Stands for the chain of what belongs to no organization. */
const NO_ORGANIZATION = 'none'

/** As the export has it, marked so that it is told from the lines of the process's own log. */
export type StreamLine = { readonly stream: 'audit' } & (EventLine | MissingLine)

interface Chain {
  readonly chain: string
  readonly sequence: string
}

/**
 * Claims chains that have grown past what was written of them, unless another process is at them; what this one still
 * holds, it left when the database went away. By the database's clock, and in one statement that writes nothing when
 * there is nothing new.
 */
const CLAIM = `
  INSERT INTO audit_stream_positions AS p (chain, sequence, holder, held_until)
  SELECT chain, 0, $1::uuid, clock_timestamp() + interval '${LEASE_S} seconds' FROM (
    SELECT o.id::text AS chain FROM organizations o
    WHERE EXISTS (SELECT 1 FROM audit_seals s WHERE s.organization_id = o.id AND s.sequence > coalesce(
      (SELECT q.sequence FROM audit_stream_positions q WHERE q.chain = o.id::text), 0))
    UNION ALL
    SELECT '${NO_ORGANIZATION}' WHERE EXISTS (SELECT 1 FROM audit_seals s WHERE s.organization_id IS NULL AND s.sequence > coalesce(
      (SELECT q.sequence FROM audit_stream_positions q WHERE q.chain = '${NO_ORGANIZATION}'), 0))
  ) grown ORDER BY chain LIMIT ${MOST_CHAINS}
  ON CONFLICT (chain) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
  WHERE p.holder IS NULL OR p.holder = excluded.holder OR p.held_until <= clock_timestamp()
  RETURNING p.chain, p.sequence::text`

/** Only by who still holds it, from where it began: whoever was overtaken moves nothing. */
const MOVE_ON = `
  UPDATE audit_stream_positions SET sequence = $3, holder = NULL, held_until = NULL
  WHERE chain = $1 AND holder = $2::uuid AND sequence = $4`

/**
 * Writes sealed entries that were not written yet, each chain in its order, and remembers how far it came once they are
 * handed over. A process that dies in between leaves lines that are written again: never a gap.
 *
 * @returns how many lines were written
 */
export async function streamEvents(output: Output): Promise<number> {
  const { pool, processId } = getRuntime()
  const { rows: chains } = await pool.query<Chain>(CLAIM, [processId])
  let written = 0
  for (const { chain, sequence } of chains) {
    const organizationId = chain === NO_ORGANIZATION ? null : chain
    const lines = await readSealedLines(pool, { organizationId, after: sequence, most: MOST_LINES })
    await write(output, lines)
    written += lines.length
    await pool.query(MOVE_ON, [chain, processId, lines.at(-1)?.seal?.sequence ?? sequence, sequence])
  }
  return written
}

/** Resolves when everything was handed to the system: in memory only, a line would be lost with the process. */
function write(output: Output, lines: readonly (EventLine | MissingLine)[]): Promise<void> {
  return new Promise((resolve) => {
    if (lines.length === 0) return resolve()
    output.once('drain', resolve)
    output.write(lines.map(toText).join(''))
  })
}

/** In ASCII: the output counts characters as bytes, and would say too early that all of them are gone. */
function toText(line: EventLine | MissingLine): string {
  const text = JSON.stringify({ stream: 'audit', ...line } satisfies StreamLine)
  return `${text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`
}
