import type { ClientBase } from 'pg'
import { CLIENTS, type Doubt } from './doubt'
import { DOUBTS_OF_ANSWERS } from './doubts-of-answers'
import { DOUBTS_OF_GRANTS } from './doubts-of-grants'

export const DOUBTS: readonly Doubt[] = [...DOUBTS_OF_GRANTS, ...DOUBTS_OF_ANSWERS]

export interface Sighting {
  readonly seen: string
  readonly times: number
  readonly last: Date
  readonly isAssumed: boolean
}

export interface AnsweredDoubt extends Doubt {
  /** What happens most comes first; empty when it never happened. */
  readonly sightings: readonly Sighting[]
}

/** Looks for every doubt at what is stored anyway. Reads only; sends nothing. */
export async function readDoubts(client: Pick<ClientBase, 'query'>, { ofSandbox = false } = {}): Promise<AnsweredDoubt[]> {
  const answered: AnsweredDoubt[] = []
  for (const doubt of DOUBTS) answered.push({ ...doubt, sightings: await look(client, doubt, ofSandbox) })
  return answered
}

async function look(client: Pick<ClientBase, 'query'>, { evidence, assumed }: Doubt, ofSandbox: boolean): Promise<Sighting[]> {
  if (evidence === null) return []
  const { rows } = await client.query<{ seen: string; times: number; last: Date }>(
    `WITH ${CLIENTS} SELECT seen, times, last FROM (${evidence}) found ORDER BY times DESC, seen`, [ofSandbox],
  )
  return rows.map((row) => ({ ...row, isAssumed: assumed.length === 0 || assumed.some((each) => row.seen === each || row.seen.startsWith(`${each} `)) }))
}
