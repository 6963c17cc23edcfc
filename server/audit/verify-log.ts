import { FIRST_HASH, hashOf } from './chain'
import { isSigned, type Checkpoint } from './checkpoint'
import type { EventLine, LogLine, MissingLine } from './log-lines'

export type BadReason =
  | 'changed' | 'missing' | 'link' | 'foreign' | 'checkpoint_signature' | 'checkpoint_hash' | 'cut_off' | 'never_sealed' | 'backdated'

/** The first thing that is wrong. Where all hashes were made anew, a checkpoint tells between which entries it lies. */
export interface BadEntry {
  readonly reason: BadReason
  /** Places in the chain, from and to; the same for one entry. Null for an entry without a place. */
  readonly from: number | null
  readonly to: number | null
  /** Number of the event, where one is there. */
  readonly eventId: string | null
}

export interface Verdict {
  readonly organizationId: string | null
  readonly entries: number
  /** Entries that were too young to have a place in the chain. */
  readonly unsealed: number
  readonly checkpoints: number
  /** Up to which place signatures cover the chain, and when the last was made. */
  readonly signedUpTo: number
  readonly signedAt: string | null
  readonly firstBad: BadEntry | null
}

interface Options {
  /** Public keys to believe, by id; those in the log itself when left out. */
  readonly trustedKeys?: ReadonlyMap<string, string>
  /** Checkpoints kept elsewhere, such as those of an earlier export or of the console's own log. */
  readonly keptCheckpoints?: readonly Checkpoint[]
}

/** A new entry has its place within a second; so long is generous. */
const SEALED_WITHIN_MS = 60_000
/** An entry is about an instant that is not long over when it comes. */
const COMES_WITHIN_MS = 10 * 60_000

/**
 * Checks a whole log: every hash, every link, every signature, and that nothing is missing, from the first entry to the
 * last checkpoint. Needs nothing but the log and public keys.
 *
 * @throws Error when it is no log
 */
export async function verifyLog(lines: AsyncIterable<LogLine> | Iterable<LogLine>, { trustedKeys, keptCheckpoints = [] }: Options = {}): Promise<Verdict> {
  let head: Extract<LogLine, { type: 'log' }> | null = null
  let firstBad: BadEntry | null = null
  let [last, lastHash, entries, unsealed] = [0, FIRST_HASH, 0, 0]
  let [signedUpTo, signedAt] = [0, null as string | null]
  const checkpoints: Checkpoint[] = []
  const bySequence = new Map<number, Checkpoint[]>()
  const keep = (checkpoint: Checkpoint) => {
    checkpoints.push(checkpoint)
    bySequence.set(checkpoint.sequence, [...(bySequence.get(checkpoint.sequence) ?? []), checkpoint])
  }
  keptCheckpoints.forEach(keep)
  const bad = (found: BadEntry) => {
    firstBad ??= found
  }

  const checkPlaced = (line: (EventLine | MissingLine) & { seal: NonNullable<EventLine['seal']> }) => {
    const { seal } = line
    const eventId = line.id
    const place = { from: last + 1, to: last + 1, eventId }
    if (seal.sequence !== last + 1) bad({ ...place, reason: 'missing', eventId: null })
    else if (line.type === 'missing') bad({ ...place, reason: 'missing' })
    else if (seal.previousHash !== lastHash) bad({ ...place, reason: 'link' })
    else if (line.organizationId !== head?.organizationId) bad({ ...place, reason: 'foreign' })
    else if (hashOf(line, seal) !== seal.hash) bad({ ...place, reason: 'changed' })
    else if (isBackdated(line.at, signedAt)) bad({ ...place, reason: 'backdated' })
    for (const checkpoint of bySequence.get(seal.sequence) ?? []) {
      if (checkpoint.hash !== seal.hash) bad({ from: signedUpTo + 1, to: seal.sequence, eventId, reason: 'checkpoint_hash' })
      signedUpTo = seal.sequence
      signedAt = checkpoint.signedAt
    }
    ;[last, lastHash] = [seal.sequence, seal.hash]
  }

  for await (const line of lines) {
    if (line.type === 'log') head = line
    if (!head) throw new Error('This is no audit log of Keyrack: its first line says nothing of the kind.')
    if (line.type === 'checkpoint') keep(line)
    if (line.type === 'missing') checkPlaced(line)
    if (line.type !== 'event') continue
    entries += 1
    if (line.seal) {
      checkPlaced({ ...line, seal: line.seal })
      continue
    }
    unsealed += 1
    const isLate = signedAt !== null && Date.parse(line.at) < Date.parse(signedAt) - SEALED_WITHIN_MS
    if (isLate) bad({ reason: 'never_sealed', from: null, to: null, eventId: line.id })
  }
  if (!head) throw new Error('This is no audit log of Keyrack: it is empty.')
  const { organizationId } = head
  const keys = trustedKeys ?? new Map(head.keys.map(({ id, publicKey }) => [id, publicKey]))
  const forged = firstOf(checkpoints.filter((each) => !isSigned(keys.get(each.keyId) ?? '', { ...toCheckpoint(each), organizationId })))
  const beyond = firstOf(checkpoints.filter((each) => each.sequence > last))
  if (beyond) bad({ reason: 'cut_off', from: last + 1, to: beyond.sequence, eventId: null })
  if (forged) firstBad = earlier(firstBad, { reason: 'checkpoint_signature', from: forged.sequence, to: forged.sequence, eventId: null })
  return { organizationId, entries, unsealed, checkpoints: checkpoints.length, signedUpTo, signedAt, firstBad }
}

function earlier(known: BadEntry | null, found: BadEntry): BadEntry {
  return known?.from !== null && known?.from !== undefined && known.from <= (found.from ?? Infinity) ? known : found
}

function isBackdated(at: string, signedAt: string | null): boolean {
  return signedAt !== null && Date.parse(at) < Date.parse(signedAt) - COMES_WITHIN_MS
}

/** Nothing but what is signed: a line of a log has its type besides. */
function toCheckpoint({ sequence, hash, signedAt, keyId, signature }: Checkpoint): Checkpoint {
  return { sequence, hash, signedAt, keyId, signature }
}

function firstOf(checkpoints: readonly Checkpoint[]): Checkpoint | undefined {
  return checkpoints.toSorted((a, b) => a.sequence - b.sequence)[0]
}
