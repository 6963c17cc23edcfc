/** Something that nobody knows about Octorate, and how this installation's own traffic answers it. */
export interface Doubt {
  readonly question: string
  /** Answers that Keyrack counts on; others are dealt with too, as docs/doubts.md says. */
  readonly assumed: readonly string[]
  /** Switches of the sandbox that play the other answers. */
  readonly switches: readonly string[]
  /**
   * Selects `seen`, `times` and `last` from shapes that are stored anyway, for the API clients in `clients`. What is seen is
   * a word of ours, a status or a type of error: never a value. Null where no call of ours can show it.
   */
  readonly evidence: string | null
}

/** API clients whose calls count: those of Octorate, or with `$1` those of the sandbox. */
export const CLIENTS = `clients AS (SELECT * FROM api_clients WHERE (upstream_id = 'sandbox') = $1)`

/** Calls of the operation log that fit, grouped by what is `seen` in them. */
export function fromCalls(seen: string, condition: string): string {
  return `SELECT ${seen} AS seen, count(*)::int AS times, max(o.at) AS last
    FROM operations o JOIN clients c ON c.id = o.api_client_id WHERE ${condition} GROUP BY 1`
}

/** The same for tokens and where they came from. */
export function fromLineage(seen: string, condition: string): string {
  return `SELECT ${seen} AS seen, count(*)::int AS times, max(l.at) AS last
    FROM token_lineage l JOIN connections n ON n.id = l.connection_id JOIN clients c ON c.id = n.api_client_id
    WHERE ${condition} GROUP BY 1`
}

export const BODY = `o.exchange->>'responseBody'`
export const STATUS_AND_TYPE = `o.status || coalesce(' ' || o.type, '')`
