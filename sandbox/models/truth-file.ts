import { closeSync, createReadStream, fdatasync, fstatSync, openSync, readFileSync, readSync, truncateSync, write } from 'node:fs'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { Position } from './checkpoint'
import { matches, type TruthLog } from './truth-log'
import type { TruthRecord } from './truth-event'

const writeAll = promisify(write)
const sync = promisify(fdatasync)

/** A truth log that knows how much it holds, what waits for the disk included. */
export type FileTruthLog = TruthLog & { position(): Position }

/**
 * Opens the truth log in a file of JSON lines and hands every record after `from` to `replay`, in order. A last line without
 * its line end was never acknowledged (the answer waits for the sync), so it is cut off.
 * @throws Error naming the line, when a line before the last cannot be read: the file was changed by hand.
 */
export async function openTruthFile(path: string, from: Position, replay: (record: TruthRecord) => void): Promise<FileTruthLog> {
  const descriptor = openSync(path, 'a+', 0o600)
  const size = cutTornLine(path, descriptor)
  let { sequence } = from
  for await (const record of readRecords(path, from)) {
    sequence = record.sequence
    replay(record)
  }
  return createWriter(path, descriptor, { sequence, offset: size })
}

function createWriter(path: string, descriptor: number, end: Position): FileTruthLog {
  let { sequence, offset: size } = end
  let waiting: string[] = []
  let inFlight: string[] = []
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined

  const flush = async (): Promise<void> => {
    inFlight = waiting
    waiting = []
    const bytes = Buffer.from(inFlight.join(''))
    for (let offset = 0; offset < bytes.length; ) offset += (await writeAll(descriptor, bytes, offset)).bytesWritten
    await sync(descriptor)
    inFlight = []
  }

  /** One group is on its way to the disk; all that arrives meanwhile shares the next one. */
  const startGroup = (): Promise<void> => {
    const group = (running ?? Promise.resolve()).then(() => {
      running = group
      next = undefined
      return flush()
    })
    group.catch(() => undefined)
    return group
  }

  return {
    append(event, at) {
      sequence += 1
      const record = { sequence, at, ...event }
      const line = `${JSON.stringify(record)}\n`
      size += Buffer.byteLength(line)
      waiting.push(line)
      next ??= startGroup()
      return record
    },
    durable: () => next ?? running,
    position: () => ({ sequence, offset: size }),
    read: (filter = {}) => {
      const flushed = parseLines(textAfter(readFileSync(path), filter.since ?? 0))
      const last = flushed.at(-1)?.sequence ?? 0
      const pending = parseLines([...inFlight, ...waiting].join('')).filter((record) => record.sequence > last)
      return [...flushed, ...pending].filter((record) => matches(record, filter))
    },
    async close() {
      await (next ?? running)
      closeSync(descriptor)
    },
  }
}

const NUMBER_AT = '{"sequence":'.length
const LINE_END = 0x0a

/** The lines whose records are later than `since`, found from behind: a long log is mostly asked for its end. */
function textAfter(bytes: Buffer, since: number): string {
  if (since === 0) return bytes.toString('utf8')
  let start = bytes.lastIndexOf(LINE_END) + 1
  while (start > 0) {
    const lineStart = bytes.subarray(0, start - 1).lastIndexOf(LINE_END) + 1
    if (Number.parseInt(bytes.toString('latin1', lineStart + NUMBER_AT, lineStart + NUMBER_AT + 17), 10) <= since) break
    start = lineStart
  }
  return bytes.toString('utf8', start)
}

function parseLines(text: string): TruthRecord[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole.split('\n').filter(Boolean).map((line) => JSON.parse(line))
}

/** One record is one line, so the number of a line is that of its record. */
async function* readRecords(path: string, from: Position): AsyncGenerator<TruthRecord> {
  const input = createReadStream(path, { encoding: 'utf8', start: from.offset })
  const lines = createInterface({ input, crlfDelay: Infinity })
  let number = from.sequence
  for await (const line of lines) {
    number += 1
    yield parseRecord(line, `${path}, line ${number}`)
  }
}

function parseRecord(line: string, place: string): TruthRecord {
  try {
    return JSON.parse(line)
  } catch {
    throw new Error(`${place} is not a record of the truth log. Move the data folder away to start afresh.`)
  }
}

const CHUNK_BYTES = 65_536

/** The size of the file up to its last line end, to which it is cut. Looked for from behind: the file may be large. */
function cutTornLine(path: string, descriptor: number): number {
  const { size } = fstatSync(descriptor)
  const chunk = Buffer.alloc(CHUNK_BYTES)
  let end = size
  while (end > 0) {
    const start = Math.max(0, end - CHUNK_BYTES)
    readSync(descriptor, chunk, 0, end - start, start)
    const lineEnd = chunk.subarray(0, end - start).lastIndexOf(0x0a)
    end = lineEnd < 0 ? start : start + lineEnd + 1
    if (lineEnd >= 0) break
  }
  if (end < size) truncateSync(path, end)
  return end
}
