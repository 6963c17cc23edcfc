import type { TruthRecord } from './truth-event'
import { matches, type TruthFilter, type TruthLog } from './truth-log'

const PER_BLOCK = 2_000

/**
 * A log that lives as long as the process, holding the latest `limit` records. Those that are not of the moment are kept
 * as JSON lines outside JavaScript's heap: a load test writes hundreds of thousands, and somebody reads them once.
 */
export function createMemoryTruthLog(limit: number): TruthLog {
  const blocks: { readonly bytes: Buffer; readonly lastSequence: number }[] = []
  let recent: string[] = []
  let sequence = 0

  const closeBlock = () => {
    blocks.push({ bytes: Buffer.from(recent.join('\n')), lastSequence: sequence })
    recent = []
    if ((blocks.length - 1) * PER_BLOCK >= limit) blocks.shift()
  }

  return {
    append(event, at) {
      sequence += 1
      const record = { sequence, at, ...event }
      recent.push(JSON.stringify(record))
      if (recent.length === PER_BLOCK) closeBlock()
      return record
    },
    durable: () => undefined,
    read(filter: TruthFilter = {}) {
      const since = Math.max(filter.since ?? 0, sequence - limit)
      const texts = blocks.filter(({ lastSequence }) => lastSequence > since).map(({ bytes }) => bytes.toString('utf8'))
      return [...texts.flatMap((text) => text.split('\n')), ...recent]
        .map((line): TruthRecord => JSON.parse(line))
        .filter((record) => matches(record, { ...filter, since }))
    },
    close: async () => undefined,
  }
}
