import { randomUUID } from 'node:crypto'
import { requireKeys } from '../crypto/require-keys'
import { open, seal, type SealContext } from '../crypto/seal'
import { decodeRawAnswer, encodeRawAnswer, type RawAnswer } from '../octorate/raw-answer'

/** Calls whose answers go through the journal. */
export const JOURNAL_ORIGINS = ['code', 'refresh', 'import', 'create', 'migrate'] as const
export type JournalOrigin = (typeof JOURNAL_ORIGINS)[number]

/** What a token answer is for. */
export interface JournalSubject {
  readonly organizationId: string
  readonly apiClientId: string
  readonly origin: JournalOrigin
  readonly authorizationId: string | null
  /** For an import, a new property and an old key, the connection that it will become. */
  readonly connectionId: string | null
  /** Version of the refresh token that was sent; null for a code. */
  readonly sentVersion: number | null
}

/** A sealed answer with what it is for: safe to write anywhere, of use only with our key. */
export interface JournalEntry extends JournalSubject {
  readonly id: string
  readonly answerSealed: string
  readonly receivedAt: Date
}

export function makeJournalEntry(subject: JournalSubject, answer: RawAnswer): JournalEntry {
  const id = randomUUID()
  const answerSealed = seal(requireKeys(), contextOf(id, subject.organizationId), encodeRawAnswer(answer))
  return { ...subject, id, answerSealed, receivedAt: answer.receivedAt }
}

export function openAnswer(entry: { id: string; organizationId: string; answerSealed: string }): RawAnswer {
  return decodeRawAnswer(open(requireKeys(), contextOf(entry.id, entry.organizationId), entry.answerSealed))
}

function contextOf(rowId: string, organizationId: string): SealContext {
  return { table: 'grant_journal', column: 'answer_sealed', organizationId, rowId, version: 1 }
}
