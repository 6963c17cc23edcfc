import 'server-only'
import { randomUUID } from 'node:crypto'
import type { ExchangeStep } from '@/contracts/authorizations'
import type { ConnectionIdentity } from '@/lib/connection-identity'
import { storable } from '@/lib/text/storable'
import { recordAudit } from '../audit/record-audit'
import { actorOf } from '../authorizations/actor-of'
import { requireKeys } from '../crypto/require-keys'
import { seal } from '../crypto/seal'
import { toJson } from '../database/to-json'
import { transaction } from '../database/transaction'
import type { Authorization } from '../generated/prisma/client'
import type { Discovery } from '../journal/discover'
import { claimEntry } from '../journal/entry-state'
import type { JournalEntry } from '../journal/journal-entry'
import { noteLinkFailure } from '../links/note-link-step'
import { encodeRawAnswer, type RawAnswer } from '../octorate/raw-answer'
import type { Expected } from './expected-property'
import { answerContext } from './answer-context'

/** How long a consent of an unknown property waits for somebody. */
const KEPT_MS = 24 * 60 * 60_000
/** The process that put it aside has this long to itself. */
const OWN_TIME_MS = 60_000

interface Stray {
  readonly authorization: Authorization
  readonly expected: Expected
  readonly identity: ConnectionIdentity
  readonly discovery: Discovery
  readonly answer: RawAnswer
  readonly steps: readonly ExchangeStep[]
  readonly now: Date
}

/**
 * Puts the consent of another property aside: the connection that was asked for stays as it is, and the answer, which may
 * be the only living grant of the other property by now, is sealed where nobody uses it. One transaction with the journal
 * entry, the flow and the link.
 *
 * @returns its id; null when another process was faster.
 */
export async function keepApart(entry: JournalEntry, stray: Stray): Promise<string | null> {
  const { authorization, expected, identity, discovery, answer, steps, now } = stray
  const { organizationId, apiClientId } = entry
  const id = randomUUID()
  const answerSealed = seal(requireKeys(), answerContext(id, organizationId), encodeRawAnswer(answer))
  return transaction(async (tx) => {
    if (!(await claimEntry(tx, entry, now))) return null
    const other = await tx.connection.findUnique({
      where: { apiClientId_identity: { apiClientId, identity: identity.identity } },
      select: { id: true, state: true },
    })
    const isProbed = other !== null && other.state !== 'disconnected'
    const expiresAt = new Date(now.getTime() + KEPT_MS)
    await tx.quarantinedGrant.create({
      data: {
        id, organizationId, apiClientId, answerSealed, expiresAt,
        authorizationId: authorization.id,
        expectedName: storable(expected.name),
        expectedId: expected.upstreamId,
        identity: identity.identity,
        name: storable(identity.name),
        discovery: toJson(discovery),
        state: isProbed ? 'probing' : 'held',
        connectionId: other?.id ?? null,
        createdAt: now,
        nextTryAt: isProbed ? new Date(now.getTime() + OWN_TIME_MS) : expiresAt,
      },
    })
    await tx.authorization.update({ where: { id: authorization.id }, data: { failure: 'wrong_property', finishedAt: now, steps: [...steps] } })
    await noteLinkFailure(tx, authorization.linkId, { code: 'wrong_property', at: now })
    await recordAudit(tx, {
      action: 'quarantined_grant.kept', outcome: 'success', organizationId, actor: actorOf(authorization),
      target: { kind: 'quarantined_grant', id },
      detail: { authorization: authorization.id, expected: expected.upstreamId, found: identity.identity },
      at: now,
    })
    return id
  })
}
