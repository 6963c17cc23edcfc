import { request } from 'node:http'
import { ControlRefusal } from './control-refusal'
import { toCurl } from './to-curl'
import type { RecordedRequest, TapeEntry } from './tape'
import type { World } from '../models/world'

/** A header that marks a request as a replay; its value is the entry that it repeats. */
export const REPLAY_HEADER = 'x-sandbox-replay-of'

export type TapeControl = {
  /** the latest requests, later than entry `since`, secrets masked */
  read(since?: number): TapeEntry[]
  /** one request as a curl command; secrets that are the sandbox's own are in clear, others masked */
  curl(id: number): string
  /** sends a recorded request to this sandbox again, byte by byte but for its cookies; gives the new entry */
  replay(id: number): Promise<TapeEntry>
  clear(): void
}

/** @param selfUrl where this sandbox listens; asked when a request is replayed, because it is not known before. */
export function createTapeControl({ tape }: World, selfUrl: () => string): TapeControl {
  return {
    read: (since) => tape.read(since),
    clear: () => tape.clear(),
    curl(id) {
      const entry = tape.withOwnSecrets(id)
      if (!entry) throw notOnTape(id)
      return toCurl(entry, selfUrl())
    },
    async replay(id) {
      const recorded = tape.recorded(id)
      if (!recorded) throw notOnTape(id)
      const before = tape.read().at(-1)?.id ?? 0
      await send(recorded, id, selfUrl())
      const entry = tape.read(before).find(({ replayOf }) => replayOf === id)
      if (!entry) throw new ControlRefusal(409, `The replay of ${id} left nothing on the tape`)
      return entry
    },
  }
}

function notOnTape(id: number): ControlRefusal {
  return new ControlRefusal(404, `The tape holds no request ${id}`)
}

/** Settles when the answer is over, or the connection is: a fault may break it. */
function send({ method, path, rawQuery, headers, body }: RecordedRequest, id: number, url: string): Promise<void> {
  const { 'transfer-encoding': _, 'content-length': __, expect: ___, connection: ____, ...kept } = headers
  return new Promise((resolve) => {
    const sent = request(url, {
      method,
      path: rawQuery === '' ? path : `${path}?${rawQuery}`,
      headers: { ...kept, ...(body.length > 0 && { 'content-length': body.length }), [REPLAY_HEADER]: String(id) },
      agent: false,
    })
    sent.on('response', (response) => {
      response.resume()
      response.on('close', resolve)
    })
    sent.on('error', () => resolve())
    sent.end(body)
  })
}
