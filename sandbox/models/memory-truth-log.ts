import { deflateRaw, inflateRawSync } from 'node:zlib'
import type { TruthRecord } from './truth-event'
import { matches, type TruthFilter, type TruthLog } from './truth-log'

const BLOCK_BYTES = 262_144

type Block = { readonly firstSequence: number; bytes: Buffer; length: number; isPacked: boolean }

/**
 * A log that lives as long as the process, holding the latest `limit` records. They are kept as JSON lines outside
 * JavaScript's heap, and packed when a block is full: a load test writes hundreds of thousands, and somebody reads them
 * once.
 */
export function createMemoryTruthLog(limit: number): TruthLog {
  const blocks: Block[] = []
  let sequence = 0

  /** The block that has room for a line; those that hold nothing of the latest `limit` records are let go. */
  const blockFor = (lineBytes: number): Block => {
    const last = blocks.at(-1)
    if (last && last.length + lineBytes <= last.bytes.length) return last
    if (last) pack(last)
    const bytes = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, lineBytes))
    const block = { firstSequence: sequence, bytes, length: 0, isPacked: false }
    blocks.push(block)
    while (blocks[1] && blocks[1].firstSequence <= sequence - limit) blocks.shift()
    return block
  }

  return {
    append(event, at) {
      sequence += 1
      const record = { sequence, at, ...event }
      const line = `${JSON.stringify(record)}\n`
      const block = blockFor(Buffer.byteLength(line))
      block.length += block.bytes.write(line, block.length)
      return record
    },
    durable: () => undefined,
    read(filter: TruthFilter = {}) {
      const since = Math.max(filter.since ?? 0, sequence - limit)
      return blocks
        .filter((_, index) => (blocks[index + 1]?.firstSequence ?? Infinity) > since + 1)
        .flatMap((block) => textOf(block).split('\n').filter(Boolean))
        .map((line): TruthRecord => JSON.parse(line))
        .filter((record) => matches(record, { ...filter, since }))
    },
    close: async () => undefined,
  }
}

/** Beside the event loop; until it is done, and should it fail, the block stays as it was. */
function pack(block: Block): void {
  deflateRaw(block.bytes.subarray(0, block.length), { level: 1 }, (error, packed) => {
    if (error) return
    block.bytes = packed
    block.isPacked = true
  })
}

function textOf({ bytes, length, isPacked }: Block): string {
  return isPacked ? inflateRawSync(bytes).toString('utf8') : bytes.toString('utf8', 0, length)
}
