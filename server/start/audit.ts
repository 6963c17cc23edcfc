import { createReadStream } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { Checkpoint } from '../audit/checkpoint'
import type { LogLine } from '../audit/log-lines'
import { verifyLog, type BadEntry } from '../audit/verify-log'

interface Command {
  /** What was typed behind `audit`. */
  readonly args: readonly string[]
  /** Folder of the person: file names are relative to it. */
  readonly folder: string
  readonly say: (line: string) => void
}

const USAGE = 'Usage: keyrack audit verify FILE [--key PUBLIC-KEY …] [--checkpoints EARLIER-FILE …]'

/**
 * `keyrack audit verify FILE`: checks an exported log without database, keys or console.
 *
 * @returns the exit code: 0 when the log is whole, 1 when something is wrong with it
 * @throws Error with a sentence for whoever typed it
 */
export async function runAudit({ args, folder, say }: Command): Promise<0 | 1> {
  const { positionals, values } = readArguments(args)
  const [verb, file, ...more] = positionals
  if (verb !== 'verify' || !file || more.length > 0) throw new Error(USAGE)
  const linesOf = (name: string) => readLines(path.resolve(folder, name))
  const keptCheckpoints: Checkpoint[] = []
  for (const name of values.checkpoints ?? []) {
    for await (const line of linesOf(name)) if (line.type === 'checkpoint') keptCheckpoints.push(line)
  }
  const heads: Extract<LogLine, { type: 'log' }>[] = []
  const seen = async function* () {
    for await (const line of linesOf(file)) {
      if (line.type === 'log') heads.push(line)
      yield trusted(line, values.key)
    }
  }
  const verdict = await verifyLog(seen(), { keptCheckpoints })
  const keys = heads.flatMap((head) => head.keys)
  say(`${verdict.entries} entries, ${verdict.checkpoints} checkpoints; signatures cover the first ${verdict.signedUpTo}${verdict.signedAt ? `, the last of ${verdict.signedAt}` : ''}.`)
  if (!values.key) {
    say('The public keys are those in the file itself. Compare them with those on the page "Audit log", or give them with --key:')
    for (const { publicKey } of keys) say(`  ${publicKey}`)
  }
  if (!verdict.firstBad) {
    say('Nothing was changed, removed or put in.')
    return 0
  }
  say(`NOT WHOLE: ${describe(verdict.firstBad)}`)
  return 1
}

/** With keys from elsewhere those in the file count for nothing. */
function trusted(line: LogLine, keys: readonly string[] | undefined): LogLine {
  return line.type === 'log' && keys ? { ...line, keys: line.keys.filter(({ publicKey }) => keys.includes(publicKey)) } : line
}

async function* readLines(file: string): AsyncGenerator<LogLine> {
  let number = 0
  for await (const text of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    number += 1
    if (text.trim() === '') continue
    yield parseLine(text, number)
  }
}

function parseLine(text: string, number: number): LogLine {
  try {
    const line = JSON.parse(text) as LogLine
    if (['log', 'checkpoint', 'event', 'missing'].includes(line.type)) return line
  } catch {
    // Said below.
  }
  throw new Error(`Line ${number} is no line of an audit log of Keyrack.`)
}

const REASONS: Readonly<Record<BadEntry['reason'], string>> = {
  changed: 'its content is not what was sealed',
  missing: 'it is missing',
  link: 'it does not follow the entry before it',
  foreign: 'it belongs to another organization',
  checkpoint_signature: 'the signature of the checkpoint there is not of a known key',
  checkpoint_hash: 'a signed checkpoint says otherwise',
  cut_off: 'the end is missing, which a signed checkpoint covers',
  never_sealed: 'it has no place in the chain, though it is old',
  backdated: 'it claims to be older than a checkpoint that was signed before it came',
}

function describe({ reason, from, to, eventId }: BadEntry): string {
  const place = from === null ? 'an entry without a place' : from === to ? `entry ${from}` : `one of the entries ${from} to ${to}`
  return `${place}${eventId === null ? '' : ` (event ${eventId})`}: ${REASONS[reason]}.`
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { key: { type: 'string', multiple: true }, checkpoints: { type: 'string', multiple: true } },
    })
  } catch {
    throw new Error(USAGE)
  }
}
