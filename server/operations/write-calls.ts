import 'server-only'
import { setImmediate } from 'node:timers/promises'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { log } from '../log'
import { requestsFirst } from '../requests-first'
import { getRuntime } from '../runtime'
import { judgeCall } from './judge-call'
import { MOST_WAITING, waitingCalls, type NotedCall } from './note-call'
import { readQuotas } from './read-quotas'

const ROUND_MS = 1_000
/** Masking that many is done in a millisecond or two: requests are answered in between. */
const MASKED_AT_ONCE = 8
/** Half a megabyte or so. */
const IN_STATEMENT = 128
/** With more of them waiting, those who ask for pages do not come first any more. */
const MANY_WAITING = MOST_WAITING / 4

/** Writes what was noted every second, and once more at the end. */
export function startCallWriter(): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let round = Promise.resolve()
  const next = () => {
    if (stopped) return
    timer = setTimeout(() => void (round = writeRound().finally(next)), ROUND_MS)
  }
  next()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await round
      await writeRound()
    },
  }
}

/** Writes what is noted up to now, keeps it while the database is away, and gives up what it refuses. Tests call it directly. */
export async function writeCalls(): Promise<void> {
  const waiting = waitingCalls()
  for (let calls = waiting.calls.splice(0, IN_STATEMENT); calls.length > 0; calls = waiting.calls.splice(0, IN_STATEMENT)) {
    try {
      await insert(await mask(calls))
    } catch (error) {
      if (isDatabaseUnavailable(error)) putBack(calls)
      throw error
    }
    await readQuotas(calls)
  }
  if (waiting.dropped > 0) log().warn({ calls: waiting.dropped }, 'more calls were made than the operation log could take; some are left out')
  waiting.dropped = 0
}

/** For the next round; of too many the latest are left out. */
function putBack(calls: readonly NotedCall[]): void {
  const waiting = waitingCalls()
  waiting.calls.unshift(...calls)
  waiting.dropped += waiting.calls.splice(MOST_WAITING).length
}

async function writeRound(): Promise<void> {
  try {
    await writeCalls()
  } catch (err) {
    if (!isDatabaseUnavailable(err)) log().warn({ err }, 'calls could not be written to the operation log')
  }
}

async function mask(calls: readonly NotedCall[]) {
  const rows: ReturnType<typeof toRow>[] = []
  for (const call of calls) {
    if (rows.length % MASKED_AT_ONCE === 0) await (waitingCalls().calls.length > MANY_WAITING ? setImmediate() : requestsFirst())
    rows.push(toRow(call))
  }
  return rows
}

async function insert(rows: readonly ReturnType<typeof toRow>[]): Promise<void> {
  await getRuntime().pool.query(
    `INSERT INTO operations (id, organization_id, api_client_id, connection_id, call, method, url, at, duration_ms, status, cause, type,
       messages, request_id, exchange)
     SELECT id, "organizationId", "apiClientId", "connectionId", call, method, url, at, "durationMs", status, cause, type,
       messages, "requestId", exchange
     FROM json_to_recordset($1::json) AS t(id uuid, "organizationId" uuid, "apiClientId" uuid, "connectionId" uuid, call text, method text,
       url text, at timestamptz, "durationMs" int, status int, cause text, type text, messages text[], "requestId" text, exchange jsonb)
     ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(rows)],
  )
}

function toRow({ id, organizationId, apiClientId, connectionId, ...call }: NotedCall) {
  const { request, startedAt, durationMs } = call
  return {
    id, organizationId, apiClientId, connectionId,
    call: request.call, method: request.method, url: request.url, at: startedAt, durationMs,
    ...judgeCall(call),
  }
}
