import { closeSync, createReadStream, fdatasync, openSync, readFileSync, truncateSync, write } from 'node:fs'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { matches, type TruthLog } from './truth-log'
import type { TruthRecord } from './truth-event'

const writeAll = promisify(write)
const sync = promisify(fdatasync)

/**
 * Opens the truth log in a file of JSON lines and hands every record in it to `replay`, in order. A last line without
 * its line end was never acknowledged (the answer waits for the sync), so it is cut off.
 * @throws Error naming the line, when a line before the last cannot be read: the file was changed by hand.
 */
export async function openTruthFile(path: string, replay: (record: TruthRecord) => void): Promise<TruthLog> {
  const descriptor = openSync(path, 'a+', 0o600)
  cutTornLine(path)
  let sequence = 0
  for await (const record of readRecords(path)) {
    sequence = record.sequence
    replay(record)
  }
  return createWriter(path, descriptor, sequence)
}

function createWriter(path: string, descriptor: number, lastSequence: number): TruthLog {
  let sequence = lastSequence
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
      waiting.push(`${JSON.stringify(record)}\n`)
      next ??= startGroup()
      return record
    },
    durable: () => next ?? running,
    read: (filter = {}) => {
      const flushed = parseLines(readFileSync(path, 'utf8'))
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

function parseLines(text: string): TruthRecord[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole.split('\n').filter(Boolean).map((line) => JSON.parse(line))
}

async function* readRecords(path: string): AsyncGenerator<TruthRecord> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })
  let number = 0
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

function cutTornLine(path: string): void {
  const content = readFileSync(path)
  const end = content.lastIndexOf(0x0a) + 1
  if (end < content.length) truncateSync(path, end)
}
