import { LOCKS } from '../database/locks'

const COLUMNS = 'machine_key_id, connection_id, address, minute, organization_id, count'
/** The rows that are in a batch `b`. */
const ROWS_OF_BATCH = `unnest(b.machine_key_ids, b.connection_ids, b.addresses, b.minutes, b.organization_ids, b.counts) AS r (${COLUMNS})`

/** What was handed out and is not folded yet, as a table to read from, in rows of the ledger. */
export const UNFOLDED = `(SELECT r.* FROM hand_out_batches b CROSS JOIN LATERAL ${ROWS_OF_BATCH})`

/**
 * The whole ledger, as a table to read from. Who reads `hand_outs` alone misses the last seconds. One row may come in
 * parts, whose counts add up; a statement sees each hand-out exactly once, because folding it is one commit.
 */
export const LEDGER = `(SELECT ${COLUMNS} FROM hand_outs UNION ALL SELECT * FROM ${UNFOLDED} u)`

/** The ledger as `hand_outs` has it once everything is folded, for whoever copies or compares it as a whole. */
export const FOLDED = `(
  SELECT machine_key_id, connection_id, address, minute,
    coalesce(h.organization_id, u.organization_id) AS organization_id, coalesce(h.count, 0) + coalesce(u.count, 0) AS count
  FROM hand_outs h FULL JOIN (
    SELECT machine_key_id, connection_id, address, minute, organization_id, sum(count)::int AS count FROM ${UNFOLDED} u GROUP BY 1, 2, 3, 4, 5
  ) u USING (machine_key_id, connection_id, address, minute))`

/**
 * Makes rows of the ledger of the oldest batches, which are gone then, in one statement: a crash leaves both or neither.
 * One process at a time, so that none waits for another's rows; who finds it taken takes nothing. A version before this
 * one writes the ledger itself, in the order of the table's key, and so does this: neither waits for the other in a circle.
 *
 * Its parameter is how many rows, or those of one batch when that has more; it says how many there were.
 */
export const FOLD = `WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${LOCKS.ledger}) AS mine),
  chosen AS MATERIALIZED (
    SELECT id FROM (
      SELECT id, sum(cardinality(counts)) OVER (ORDER BY id) - cardinality(counts) AS before
      FROM (SELECT id, counts FROM hand_out_batches WHERE (SELECT mine FROM turn) ORDER BY id LIMIT $1) oldest
    ) numbered WHERE before < $1
  ), taken AS (
    DELETE FROM hand_out_batches b USING chosen WHERE b.id = chosen.id RETURNING b.*
  ), folded AS (
    INSERT INTO hand_outs (${COLUMNS})
    SELECT r.machine_key_id, r.connection_id, r.address, r.minute, r.organization_id, sum(r.count)
    FROM taken b CROSS JOIN LATERAL ${ROWS_OF_BATCH}
    GROUP BY r.machine_key_id, r.connection_id, r.address, r.minute, r.organization_id
    ORDER BY r.machine_key_id, r.connection_id, r.address COLLATE "C", r.minute
    ON CONFLICT (machine_key_id, connection_id, address, minute) DO UPDATE SET count = hand_outs.count + excluded.count
  )
  SELECT coalesce(sum(cardinality(counts)), 0)::int AS rows FROM taken`
