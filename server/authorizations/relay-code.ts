import 'server-only'
import { randomUUID } from 'node:crypto'
import { isErrorCode } from '@/contracts/errors'
import { recordAudit } from '../audit/record-audit'
import { digest } from '../crypto/digest'
import { transaction } from '../database/transaction'
import { db } from '../db'
import type { ApiClient, Authorization } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import type { MachineActor } from '../http/machine-actor'
import type { JournalEntry } from '../journal/journal-entry'
import { settleCode } from '../journal/settle-code'
import { isWanted } from '../redirect-uris/is-wanted'
import { getRuntime } from '../runtime'
import type { ConsumedAuthorization } from './consume-state'
import { exchangeCode } from './exchange-code'
import { StepRecorder } from './steps'
import { writeDownFailure } from './write-down-failure'

/** Contract, "Case 1": a code lives for a minute. */
const CODE_LIFETIME_MS = 60_000
const ASK_AGAIN_SECONDS = 2

export interface RelayedCode {
  /** Ours, or Octorate's client id: one of the two. */
  readonly apiClientId?: string
  readonly clientId?: string
  readonly code: string
  readonly redirectUri: string
}

/**
 * Exchanges a code that an integrator's own callback received. It is sent once, whatever happens: who brings it again
 * hears how the first time went. That the consent was asked for by this very browser is the integrator's to know.
 *
 * @returns the connection's id.
 * @throws AppError `not_found`, `redirect_uri_not_wanted`, `machine_key_properties`, `temporarily_unavailable` while the
 * first time is under way; what the answer means.
 */
export async function relayCode(actor: MachineActor, relayed: RelayedCode): Promise<string> {
  const { caller, context } = actor
  // What the code covers is known only when it is spent: such a key might not be allowed to see it.
  if (caller.properties) throw new AppError('machine_key_properties')
  const apiClient = await requireApiClient(actor, relayed)
  const who = { actor: { kind: 'machine_key', id: caller.keyId }, context } as const
  if (!(await isWanted(apiClient, relayed.redirectUri, who))) throw new AppError('redirect_uri_not_wanted')
  const codeDigest = digest(`${apiClient.id} ${relayed.code}`)
  const authorization = await begin(actor, apiClient, { codeDigest, redirectUri: relayed.redirectUri })
  if (!authorization) return outcomeOfFirst(codeDigest, relayed.redirectUri)
  const recorder = new StepRecorder()
  const walk = { recorder, context }
  let entry: JournalEntry | null = null
  try {
    recorder.begin('callback', authorization.createdAt).end('done', 0)
    entry = await exchangeCode(authorization, relayed.code, { recorder, at: getRuntime().clock(), once: true })
    return await settleCode(entry, walk)
  } catch (error) {
    throw await writeDownFailure(error, { authorization, entry, walk })
  }
}

/** Another organization's, and one of the other environment, is not there. */
async function requireApiClient({ caller }: MachineActor, { apiClientId, clientId }: RelayedCode): Promise<ApiClient> {
  if (apiClientId === undefined && clientId === undefined) throw new TypeError('an API client is named by one of its two ids')
  const { organizationId, environment } = caller
  const rows = await db().apiClient.findMany({
    where: { organizationId, environment, deletedAt: null, ...(apiClientId ? { id: apiClientId } : {}), ...(clientId ? { clientId } : {}) },
    take: 2,
  })
  const [apiClient, ...others] = rows
  if (!apiClient || others.length > 0) throw new AppError('not_found')
  return apiClient
}

interface Begin {
  readonly codeDigest: string
  readonly redirectUri: string
}

/** Null when the code was brought before, by whomever. */
async function begin({ caller, context }: MachineActor, apiClient: ApiClient, given: Begin): Promise<ConsumedAuthorization | null> {
  const now = getRuntime().clock()
  const id = randomUUID()
  const { organizationId, keyId: machineKeyId } = caller
  return transaction(async (tx) => {
    const [row] = await tx.authorization.createManyAndReturn({
      data: [{
        ...given, id, organizationId, machineKeyId, apiClientId: apiClient.id, environment: apiClient.environment, returnTo: '',
        createdAt: now, consumedAt: now, expiresAt: new Date(now.getTime() + CODE_LIFETIME_MS),
      }],
      skipDuplicates: true,
    })
    if (!row) return null
    await recordAudit(tx, {
      action: 'authorization.started', outcome: 'success', organizationId, actor: { kind: 'machine_key', id: machineKeyId },
      target: { kind: 'authorization', id }, detail: { apiClient: apiClient.id, relayed: true }, context, at: now,
    })
    return { ...row, apiClient }
  })
}

async function outcomeOfFirst(codeDigest: string, redirectUri: string): Promise<string> {
  const first: Authorization = await db().authorization.findUniqueOrThrow({ where: { codeDigest } })
  if (first.redirectUri !== redirectUri) throw new AppError('code_refused')
  if (first.connectionId) return first.connectionId
  if (!first.finishedAt) throw new AppError('temporarily_unavailable', { retryAfterSeconds: ASK_AGAIN_SECONDS })
  throw new AppError(isErrorCode(first.failure) ? first.failure : 'code_refused')
}
