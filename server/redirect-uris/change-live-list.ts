import 'server-only'
import { randomUUID } from 'node:crypto'
import { CONFIRMATION_PHRASES } from '@/contracts/redirect-uris'
import { applyChange, confirmationFor, isChangeLost, type RedirectUriChange } from '@/lib/oauth/redirect-uri-list'
import type { Who } from '../admin-tokens/hold-admin-token'
import { withAdminToken } from '../admin-tokens/with-admin-token'
import type { Gateway } from '../octorate/gateway-to'
import { recordCalls } from '../calls/record-calls'
import type { AdminToken } from '../crypto/tokens'
import { transaction } from '../database/transaction'
import { db, type Transaction } from '../db'
import type { ApiClient } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import { holdConfiguration } from '../api-configuration/hold-configuration'
import { noteLive } from '../api-configuration/note-live'
import type { ApiConfiguration } from '../octorate/api-configuration'
import { UpstreamUnreachable } from '../octorate/errors/upstream-unreachable'
import { patchConfiguration } from '../octorate/patch-configuration'
import { readConfiguration } from '../octorate/read-configuration'
import { getRuntime } from '../runtime'

export interface ListChange extends RedirectUriChange {
  /** What a person typed; a removal without it is refused. */
  readonly confirmation: string
  /** Done in the transaction that records a verified write. */
  readonly onVerified: (tx: Transaction, written: Written) => Promise<void>
}

export interface Written {
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** The list that Octorate has now. */
  readonly live: readonly string[]
  /** False when Octorate had it that way already. */
  readonly isChanged: boolean
  readonly now: Date
}

/**
 * Changes the list of redirect URIs at Octorate. PATCH replaces it whole and knows no condition (contract, "API
 * configuration"), so: our own writers take turns; the list is read just before; only the difference is applied to it;
 * the write is written down before it is sent; and the list is read again to see that nothing is missing, also when the
 * answer to the write was lost.
 *
 * @throws AppError `configuration_busy`, `redirect_uri_locked` in production, `confirmation_missing`,
 * `configuration_changed` when the list read afterwards misses something, `upstream_unreadable`; upstream errors.
 */
export function changeLiveList(apiClient: ApiClient, who: Who, change: ListChange): Promise<Written> {
  return holdConfiguration(apiClient, () =>
    recordCalls(apiClient, { act: 'redirect_uris', ...who }, (gateway, watched) =>
      withAdminToken(apiClient, watched, (adminToken) => writeOnce({ apiClient, who, gateway, adminToken }, change)),
    ),
  )
}

const NO_CHANGE: RedirectUriChange = { add: [], remove: [] }

interface Writer {
  readonly apiClient: ApiClient
  readonly who: Who
  readonly gateway: Gateway
  readonly adminToken: AdminToken
}

async function writeOnce(writer: Writer, change: ListChange): Promise<Written> {
  const { apiClient } = writer
  const configuration = await read(writer)
  const before = requireKnown(configuration)
  requireConfirmed(before, change)
  const after = applyChange(before, change)
  await transaction((tx) => noteLive(tx, apiClient, { configuration, now: getRuntime().clock(), ours: null }))
  const isChanged = isChangeLost(before, after, change)
  if (!isChanged) return finish(writer, { before, after: before, live: before, isChanged, now: getRuntime().clock() }, { change, configuration })
  if (configuration.environment === 'PRODUCTION') throw new AppError('redirect_uri_locked')
  const writeId = await begin(writer, before, after)
  let lostAnswer: UpstreamUnreachable | null
  let seen: ApiConfiguration
  try {
    lostAnswer = await send(writer, after)
    seen = await read(writer)
  } catch (error) {
    // Nobody knows whether it took effect, unless Octorate said no.
    if (!(error instanceof UpstreamUnreachable)) await settle(db(), writer, { writeId, state: 'failed' })
    throw error
  }
  const live = seen.redirectUris ?? []
  if (isChangeLost(live, after, change)) {
    const isUnwritten = lostAnswer !== null && !isChangeLost(live, before, NO_CHANGE)
    await transaction(async (tx) => {
      await settle(tx, writer, { writeId, state: isUnwritten ? 'failed' : 'overtaken' })
      await noteLive(tx, apiClient, { configuration: seen, now: getRuntime().clock(), ours: null })
    })
    throw isUnwritten && lostAnswer ? lostAnswer : new AppError('configuration_changed')
  }
  const written = { before, after, live, isChanged, now: getRuntime().clock() }
  return finish(writer, written, { change, configuration: seen, writeId })
}

const read = ({ gateway, adminToken }: Writer) => readConfiguration(gateway.transport, { url: gateway.urls.configuration, adminToken })

/** What is not known can't be written back. */
function requireKnown({ redirectUris }: ApiConfiguration): readonly string[] {
  if (redirectUris === null) throw new AppError('upstream_unreadable')
  return redirectUris
}

/** Against the list as it is now: what somebody else removed meanwhile may make this removal the last one. */
function requireConfirmed(live: readonly string[], change: ListChange): void {
  const needed = CONFIRMATION_PHRASES[confirmationFor(live, change)]
  if (needed !== '' && change.confirmation !== needed) throw new AppError('confirmation_missing')
}

async function begin({ apiClient, who }: Writer, before: readonly string[], after: readonly string[]): Promise<string> {
  const id = randomUUID()
  await db().redirectUriWrite.create({
    data: {
      id,
      organizationId: apiClient.organizationId,
      apiClientId: apiClient.id,
      userId: who.actor.kind === 'user' ? who.actor.id : null,
      before: [...before],
      after: [...after],
      at: getRuntime().clock(),
    },
  })
  return id
}

/** A lost answer is no failure yet, and returned: the read that follows tells whether it was written. */
async function send({ gateway, adminToken }: Writer, after: readonly string[]): Promise<UpstreamUnreachable | null> {
  // An empty list is only ever reached by a typed confirmation; Octorate's word for it is null.
  const change = { redirectUris: after.length === 0 ? null : after }
  try {
    await patchConfiguration(gateway.transport, { url: gateway.urls.configuration, adminToken, change })
    return null
  } catch (error) {
    if (error instanceof UpstreamUnreachable && error.maybeProcessed) return error
    throw error
  }
}

interface Outcome {
  readonly change: ListChange
  readonly configuration: ApiConfiguration
  readonly writeId?: string
}

async function finish(writer: Writer, written: Written, { change, configuration, writeId }: Outcome): Promise<Written> {
  await transaction(async (tx) => {
    if (writeId) {
      await settle(tx, writer, { writeId, state: 'verified' })
      await noteLive(tx, writer.apiClient, { configuration, now: written.now, ours: change })
    }
    await change.onVerified(tx, written)
  })
  return written
}

async function settle(
  tx: Pick<Transaction, 'redirectUriWrite'>,
  { apiClient }: Writer,
  { writeId, state }: { writeId: string; state: 'verified' | 'overtaken' | 'failed' },
): Promise<void> {
  await tx.redirectUriWrite.updateMany({ where: { id: writeId, organizationId: apiClient.organizationId }, data: { state } })
}
